package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.access.AuditEntry;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Login, sessions and logout as a browser uses them. */
class LoginTest {
    private static final Map<String, List<String>> RIGHTS = Map.of(
            "admin", List.of("read", "control", "admin", "wall", "camera", "calendar"),
            "operator", List.of("read", "control", "wall", "camera", "calendar"));

    @RegisterExtension
    private final RunningApi api = RunningApi.startWithToken();

    @BeforeEach
    void createUsers() {
        api.createUser("anna", "admin");
        api.createUser("ben", "operator");
        api.fleet.register("mk4", null);
    }

    @Test
    void loginOpensASessionUntilLogout() {
        assertThat(api.json("/api/session"))
                .isEqualTo(session(null, null).put("login_required", true).put("csrf", null));

        HttpResponse<String> opened = api.tryLogin(" Ben ", RunningApi.PASSWORD);

        JsonObject document = new JsonObject(opened.body());
        assertThat(document)
                .isEqualTo(
                        session("ben", "operator").put("login_required", true).put("csrf", document.getString("csrf")));
        String[] ben = RunningApi.session(opened);
        assertThat(new JsonObject(api.get("/api/session", ben).body())).isEqualTo(document);
        assertThat(api.get("/api/printers", ben).statusCode()).isEqualTo(200);
        HttpResponse<String> closed = api.send("POST", "/api/logout", null, ben);
        assertThat(closed.statusCode()).isEqualTo(204);
        assertThat(closed.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("printer2mqtt_" + api.port() + "=; Max-Age=0;");
        assertThat(api.get("/api/printers", ben).statusCode()).isEqualTo(401);
        assertThat(api.stored.sessions).isEmpty();
    }

    static JsonObject session(@Nullable String user, @Nullable String role) {
        List<String> rights = role == null ? List.of() : RIGHTS.get(role);
        return new JsonObject()
                .put("user", user)
                .put("role", role)
                .put("rights", new JsonArray(rights))
                .put("setup_required", false);
    }

    @Test
    void cookieIsForThisBridgeAndNoScript() {
        HttpResponse<String> plain = api.tryLogin("anna", RunningApi.PASSWORD);
        assertThat(plain.headers().firstValue("Set-Cookie").orElseThrow())
                .matches("printer2mqtt_" + api.port() + "=[\\w-]{43}; Max-Age=2592000; HttpOnly; SameSite=Strict");
        HttpResponse<String> behindTls =
                api.tryLogin("anna", RunningApi.PASSWORD, "Origin", "https://127.0.0.1:" + api.port());
        assertThat(behindTls.headers().firstValue("Set-Cookie").orElseThrow()).endsWith("; SameSite=Strict; Secure");
    }

    @Test
    void databaseOpensNoSession() {
        String[] anna = api.login("anna");
        String cookie = anna[1].substring(anna[1].indexOf('=') + 1);
        assertThat(api.stored.sessions.keySet()).singleElement().asString().matches("[0-9a-f]{64}");
        String hash = api.stored.sessions.keySet().iterator().next();
        assertThat(hash).isNotEqualTo(cookie);
        assertThat(api.get("/api/printers", "Cookie", "printer2mqtt_" + api.port() + "=" + hash)
                        .statusCode())
                .isEqualTo(401);
        assertThat(api.stored.users.toString()).doesNotContain(RunningApi.PASSWORD);
    }

    /** 90: a page of another site can make a browser send the cookie, but not read the token. */
    @Test
    void changeByCookieNeedsTheCsrfToken() {
        String[] anna = api.login("anna");
        String[] cookie = {anna[0], anna[1]};
        for (String path : List.of("/api/printers/mk4/commands/pause", "/api/logout", "/api/notifications/test")) {
            HttpResponse<String> response = api.send("POST", path, null, cookie);
            assertThat(response.statusCode()).as(path).isEqualTo(403);
            assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("csrf_token_wrong");
        }
        String[] wrong = {anna[0], anna[1], anna[2], api.login("ben")[3]};
        assertThat(api.send("POST", "/api/printers/mk4/commands/pause", null, wrong)
                        .statusCode())
                .isEqualTo(403);
        assertThat(api.commands.executed).isEmpty();
        assertThat(api.send("POST", "/api/printers/mk4/commands/pause", null, anna)
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void wrongUserAndWrongPasswordGiveTheSameAnswer() {
        HttpResponse<String> wrongPassword = api.tryLogin("anna", "wrong password");
        HttpResponse<String> wrongUser = api.tryLogin("nobody", RunningApi.PASSWORD);
        assertThat(wrongPassword.statusCode()).isEqualTo(401);
        assertThat(wrongUser.statusCode()).isEqualTo(401);
        assertThat(wrongUser.body()).isEqualTo(wrongPassword.body()).contains("login_failed");
        assertThat(wrongUser.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void sessionEndsAfterThirtyDays() {
        String[] anna = api.login("anna");
        api.clockAhead = Duration.ofDays(29);
        assertThat(api.get("/api/printers", anna).statusCode()).isEqualTo(200);
        api.clockAhead = Duration.ofDays(31);
        assertThat(api.get("/api/printers", anna).statusCode()).isEqualTo(401);
        assertThat(new JsonObject(api.get("/api/session", anna).body()).getValue("user"))
                .isNull();
    }

    @Test
    void newPasswordAndRemovalEndSessions() {
        String[] anna = api.login("anna");
        String[] ben = api.login("ben");
        String[] token = {"Authorization", "Bearer " + RunningApi.TOKEN};
        assertThat(api.send("PATCH", "/api/users/anna", "{\"password\":\"another password\"}", token)
                        .statusCode())
                .isEqualTo(200);
        assertThat(api.get("/api/printers", anna).statusCode()).isEqualTo(401);
        assertThat(api.tryLogin("anna", RunningApi.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(api.tryLogin("anna", "another password").statusCode()).isEqualTo(200);
        assertThat(api.get("/api/printers", ben).statusCode()).isEqualTo(200);
        assertThat(api.send("DELETE", "/api/users/ben", null, token).statusCode())
                .isEqualTo(204);
        assertThat(api.get("/api/printers", ben).statusCode()).isEqualTo(401);
    }

    @Test
    void oldestSessionEndsWhenThereAreTooMany() {
        List<String[]> sessions = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            api.clockAhead = Duration.ofMinutes(i);
            sessions.add(api.login("ben"));
        }
        assertThat(api.get("/api/printers", sessions.get(0)).statusCode()).isEqualTo(401);
        assertThat(api.get("/api/printers", sessions.get(1)).statusCode()).isEqualTo(200);
        assertThat(api.stored.sessions).hasSize(20);
    }

    /** 95: guessing is limited by user; other users and open sessions go on. */
    @Test
    void guessesForOneUserAreLimited() {
        String[] open = api.login("anna");
        for (int i = 0; i < 10; i++) {
            assertThat(api.tryLogin("anna", "wrong password " + i).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> limited = api.tryLogin("anna", RunningApi.PASSWORD);
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(new JsonObject(limited.body()).getString("code")).isEqualTo("too_many_attempts");
        assertThat(Integer.parseInt(limited.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 30);
        assertThat(api.get("/api/printers", open).statusCode()).isEqualTo(200);
        assertThat(api.tryLogin("ben", RunningApi.PASSWORD).statusCode()).isEqualTo(200);

        api.clockAhead = Duration.ofSeconds(31);
        assertThat(api.tryLogin("anna", RunningApi.PASSWORD).statusCode()).isEqualTo(200);
    }

    /** 95: and by address, whatever names are tried. */
    @Test
    void guessesFromOneAddressAreLimited() {
        for (int i = 0; i < 20; i++) {
            assertThat(api.tryLogin("user-" + i, "wrong password").statusCode()).isEqualTo(401);
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(api.tryLogin("other-" + i, "wrong password").statusCode())
                    .isEqualTo(429);
        }
        api.clockAhead = Duration.ofSeconds(11);
        assertThat(api.tryLogin("anna", RunningApi.PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void configuredTokenHasEveryRight() {
        JsonObject session = new JsonObject(api.get("/api/session", "Authorization", "Bearer " + RunningApi.TOKEN)
                .body());
        assertThat(session)
                .isEqualTo(session(null, "admin").put("login_required", true).put("csrf", null));
        assertThat(api.get("/api/session", "Authorization", "Bearer wrong").statusCode())
                .isEqualTo(401);
    }

    /** The role is the same with and without the right to see cameras, which no other right of a token includes. */
    @Test
    void sessionOfATokenNamesItsRights() {
        assertThat(rightsOf(api.createToken(null, "read"))).containsExactly("read", "wall", "calendar");
        assertThat(rightsOf(api.createToken(null, "camera", "read")))
                .containsExactly("read", "wall", "camera", "calendar");
    }

    private List<Object> rightsOf(JsonObject token) {
        HttpResponse<String> session = api.get("/api/session", "Authorization", "Bearer " + token.getString("token"));
        return new JsonObject(session.body()).getJsonArray("rights").stream().toList();
    }

    @Test
    void loginsAreRecordedWithoutWhatWasTyped() {
        api.tryLogin("anna", "wrong password");
        api.tryLogin("my secret password", "anna");
        api.tryLogin("anna", RunningApi.PASSWORD);
        Await.until("three recorded logins", () -> recordedLogins().size() == 3);
        List<AuditEntry> logins = recordedLogins();
        assertThat(logins).extracting(AuditEntry::actor).containsExactly("anna", "unknown user", "anna");
        assertThat(logins).extracting(AuditEntry::result).containsExactly("login_failed", "login_failed", "ok");
        assertThat(logins).extracting(AuditEntry::origin).containsOnly("HTTP 127.0.0.1");
        assertThat(api.stored.audit.toString()).doesNotContain("password\"").doesNotContain("secret");
    }

    private List<AuditEntry> recordedLogins() {
        return api.stored.audit.stream()
                .filter(entry -> entry.action().equals("POST /api/login"))
                .toList();
    }

    @Test
    void streamEndsWithItsSession() throws IOException {
        String[] ben = api.login("ben");
        try (EventStreamReader stream = EventStreamReader.open(api.port(), "", ben[0] + ": " + ben[1])) {
            stream.next();
            api.send("POST", "/api/logout", null, ben);
            assertThat(stream.nextOrEnd()).isNull();
        }
    }

    @Test
    void streamEndsWithItsToken() throws IOException {
        JsonObject token = api.createToken(null, "read");
        try (EventStreamReader stream =
                EventStreamReader.open(api.port(), "", "Authorization: Bearer " + token.getString("token"))) {
            stream.next();
            api.send(
                    "DELETE",
                    "/api/tokens/" + token.getString("id"),
                    null,
                    "Authorization",
                    "Bearer " + RunningApi.TOKEN);
            assertThat(stream.nextOrEnd()).isNull();
        }
    }

    @Test
    void requestThroughAProxyIsNotFromThisMachine() {
        try (RunningApi local = RunningApi.start()) {
            assertThat(local.get("/api/printers").statusCode()).isEqualTo(200);
            for (String header : List.of(
                    "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")) {
                assertThat(local.get("/api/printers", header, "192.0.2.4").statusCode())
                        .as(header)
                        .isEqualTo(401);
            }
        }
    }
}
