package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Users who are logged in at a trusted proxy. */
class ProxyLoginTest {
    @RegisterExtension
    private final RunningApi api = RunningApi.start(ProxyFixture.config(RunningApi.TOKEN, ProxyFixture.login()));

    @BeforeEach
    void registerOne() {
        api.fleet.register("mk4", null);
    }

    @Test
    void userHasTheLargestRoleOfTheGroupsAndNoMore() {
        assertThat(role("admins")).isEqualTo("admin");
        assertThat(role("guests, staff")).isEqualTo("operator");
        assertThat(role("guests,nobody")).isEqualTo("viewer");
        for (String groups : List.of("", "nobody", "Admins", "admins staff", "*", "admin")) {
            assertThat(role(groups)).as(groups).isNull();
            assertThat(get("/api/printers", "ada", groups).statusCode()).isEqualTo(401);
        }
        assertThat(get("/api/printers", "ada", "guests").statusCode()).isEqualTo(200);
        assertThat(get("/api/users", "ada", "staff").statusCode()).isEqualTo(403);
        assertThat(get("/api/users", "ada", "admins").statusCode()).isEqualTo(200);
    }

    @Test
    void userIsNotBelievedWithoutTheSecret() {
        for (String secret : List.of("", "Secret-of-the-proxy", ProxyFixture.SECRET + "x")) {
            assertThat(api.get("/api/printers", headers("ada", "admins", "X-Proxy-Secret", secret))
                            .statusCode())
                    .as(secret)
                    .isEqualTo(401);
        }
        assertThat(api.get("/api/printers", "Remote-User", "ada", "Remote-Groups", "admins")
                        .statusCode())
                .isEqualTo(401);
        assertThat(audit()).containsOnlyOnce("unknown user HTTP 127.0.0.1 login by a proxy proxy_secret_wrong");
        assertThat(api.stored.audit.toString()).doesNotContain("ada").doesNotContain("ecret-of");
    }

    @Test
    void headersOfAnUntrustedPeerAreIgnored() throws IOException {
        String[] headers = headers("ada", "admins");
        assertThat(ProxyFixture.fromElsewhere(api, "GET /api/printers", headers))
                .startsWith("HTTP/1.1 401 ");
        List<String> forwarded = new ArrayList<>(List.of(headers));
        forwarded.addAll(List.of("X-Forwarded-For", "127.0.0.1", "X-Real-IP", "127.0.0.1"));
        assertThat(ProxyFixture.fromElsewhere(api, "GET /api/printers", forwarded.toArray(String[]::new)))
                .startsWith("HTTP/1.1 401 ");
        assertThat(api.stored.audit).isEmpty();
    }

    @Test
    void userThatIsNamedTwiceIsNobody() throws IOException {
        String request = "GET /api/printers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Proxy-Secret: "
                + ProxyFixture.SECRET + "\r\nRemote-Groups: admins\r\nRemote-User: ada\r\n";
        assertThat(RawClient.exchange(api.port(), request + "\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(RawClient.exchange(api.port(), request + "Remote-User: eve\r\n\r\n"))
                .startsWith("HTTP/1.1 401 ");
        assertThat(RawClient.exchange(api.port(), request + "X-Proxy-Secret: " + ProxyFixture.SECRET + "\r\n\r\n"))
                .startsWith("HTTP/1.1 401 ");
    }

    /** A browser sends the cookie of the proxy by itself, also for a page of another site. */
    @Test
    void changeNeedsTheCsrfToken() {
        String[] ada = headers("ada", "staff");
        String path = "/api/printers/mk4/commands/pause";
        assertThat(code(api.send("POST", path, null, ada))).isEqualTo("csrf_token_wrong");
        String other = csrf(headers("eve", "staff"));
        assertThat(code(api.send("POST", path, null, headers("ada", "staff", "X-CSRF-Token", other))))
                .isEqualTo("csrf_token_wrong");
        assertThat(api.commands.executed).isEmpty();

        assertThat(api.send("POST", path, null, headers("ada", "staff", "X-CSRF-Token", csrf(ada)))
                        .statusCode())
                .isEqualTo(202);
        assertThat(api.commands.executed).hasSize(1);
    }

    @Test
    void loginsAndChangesAreRecorded() {
        String[] ada = headers("ada", "staff", "X-Forwarded-For", "192.0.2.9");
        String csrf = csrf(ada);
        get("/api/printers", "ada", "staff");
        api.send(
                "POST",
                "/api/printers/mk4/commands/pause",
                null,
                headers("ada", "staff", "X-Forwarded-For", "192.0.2.9", "X-CSRF-Token", csrf));
        get("/api/printers", "eve", "nobody");
        get("/api/printers", "eve", "nobody");

        Await.until("all is recorded", () -> api.stored.audit.size() == 3);
        assertThat(audit())
                .containsExactly(
                        "ada (proxy) HTTP 192.0.2.9 login by a proxy ok",
                        "ada (proxy) HTTP 192.0.2.9 POST /api/printers/mk4/commands/pause ok",
                        "eve HTTP 127.0.0.1 login by a proxy no_role");
    }

    @Test
    void tokenGoesBeforeTheUserAndASessionAfter() {
        api.createUser("anna", "admin");
        String[] anna = api.login("anna");
        List<String> both = new ArrayList<>(List.of(headers("ada", "guests")));
        both.addAll(List.of(anna));
        assertThat(api.get("/api/users", both.toArray(String[]::new)).statusCode())
                .isEqualTo(403);
        both.addAll(List.of("Authorization", "Bearer " + RunningApi.TOKEN));
        assertThat(api.get("/api/users", both.toArray(String[]::new)).statusCode())
                .isEqualTo(200);
        List<String> unknown = new ArrayList<>(List.of(headers("eve", "nobody")));
        unknown.addAll(List.of(anna));
        assertThat(api.get("/api/users", unknown.toArray(String[]::new)).statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> get(String path, String user, String groups) {
        return api.get(path, headers(user, groups));
    }

    private @Nullable String role(String groups) {
        return new JsonObject(get("/api/session", "ada", groups).body()).getString("role");
    }

    private String csrf(String[] headers) {
        return new JsonObject(api.get("/api/session", headers).body()).getString("csrf");
    }

    private static String code(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        return new JsonObject(refused.body()).getString("code");
    }

    /** What the proxy sends for a user; more headers replace these. */
    private static String[] headers(String user, String groups, String... more) {
        List<String> all = new ArrayList<>(
                List.of("X-Proxy-Secret", ProxyFixture.SECRET, "Remote-User", user, "Remote-Groups", groups));
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }

    private List<String> audit() {
        return api.stored.audit.stream()
                .map(entry -> entry.actor() + " " + entry.origin() + " " + entry.action() + " " + entry.result())
                .toList();
    }
}
