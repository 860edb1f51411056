package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.access.AuditEntry;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Users change their own passwords, whatever their role. */
class OwnPasswordTest {
    private static final String NEW = "another password";

    @RegisterExtension
    private final RunningApi api = RunningApi.startWithToken();

    @BeforeEach
    void createUsers() {
        api.createUser("anna", "admin");
        api.createUser("eve", "viewer");
    }

    @Test
    void newPasswordReplacesTheCurrentOneAndEndsTheOtherSessions() {
        String[] here = api.login("eve");
        String[] elsewhere = api.login("eve");
        String[] anna = api.login("anna");

        assertThat(change(RunningApi.PASSWORD, NEW, here).statusCode()).isEqualTo(204);

        assertThat(api.get("/api/printers", here).statusCode()).isEqualTo(200);
        assertThat(api.get("/api/printers", elsewhere).statusCode()).isEqualTo(401);
        assertThat(api.get("/api/printers", anna).statusCode()).isEqualTo(200);
        assertThat(api.stored.sessions).hasSize(2);
        assertThat(api.tryLogin("eve", RunningApi.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(api.tryLogin("eve", NEW).statusCode()).isEqualTo(200);
    }

    @Test
    void streamOfAnotherSessionEnds() throws IOException {
        String[] here = api.login("eve");
        String[] elsewhere = api.login("eve");
        try (EventStreamReader stream = EventStreamReader.open(api.port(), "", elsewhere[0] + ": " + elsewhere[1])) {
            stream.next();
            change(RunningApi.PASSWORD, NEW, here);
            assertThat(stream.nextOrEnd()).isNull();
        }
    }

    @Test
    void wrongCurrentPasswordChangesNothing() {
        String[] eve = api.login("eve");

        HttpResponse<String> refused = change("wrong password", NEW, eve);

        assertThat(refused.statusCode()).isEqualTo(422);
        JsonObject problem = new JsonObject(refused.body());
        assertThat(problem.getString("code")).isEqualTo("wrong_password");
        assertThat(problem.getString("field")).isEqualTo("current_password");
        assertThat(refused.body()).doesNotContain("wrong password").doesNotContain(NEW);
        assertThat(api.tryLogin("eve", RunningApi.PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void newPasswordMustBeLongEnough() {
        HttpResponse<String> refused = change(RunningApi.PASSWORD, "short", api.login("eve"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(new JsonObject(refused.body()).getString("field")).isEqualTo("password");
        assertThat(new JsonObject(refused.body()).getString("code")).isEqualTo("invalid_field");
    }

    /** 95: who holds a session of somebody else cannot try passwords either. */
    @Test
    void guessesAreLimitedLikeLogins() {
        String[] eve = api.login("eve");
        for (int i = 0; i < 10; i++) {
            assertThat(change("wrong password " + i, NEW, eve).statusCode()).isEqualTo(422);
        }
        assertThat(change(RunningApi.PASSWORD, NEW, eve).statusCode()).isEqualTo(429);
        api.clockAhead = Duration.ofSeconds(31);
        assertThat(change(RunningApi.PASSWORD, NEW, eve).statusCode()).isEqualTo(204);
    }

    @Test
    void onlyAUserWhoIsLoggedInHasAPassword() {
        HttpResponse<String> byToken = change(RunningApi.PASSWORD, NEW, "Authorization", "Bearer " + RunningApi.TOKEN);
        assertThat(byToken.statusCode()).isEqualTo(403);
        String[] eve = api.login("eve");
        assertThat(change(RunningApi.PASSWORD, NEW, eve[0], eve[1]).statusCode())
                .as("without the CSRF token")
                .isEqualTo(403);
        assertThat(change(RunningApi.PASSWORD, NEW).statusCode()).isEqualTo(401);
    }

    @Test
    void changeIsRecordedWithoutPasswords() {
        String[] eve = api.login("eve");
        change("wrong password", NEW, eve);
        change(RunningApi.PASSWORD, NEW, eve);
        Await.until("two recorded changes", () -> recorded().size() == 2);
        assertThat(recorded()).extracting(AuditEntry::actor).containsOnly("eve");
        assertThat(recorded()).extracting(AuditEntry::result).containsExactly("wrong_password", "ok");
        assertThat(api.stored.audit.toString()).doesNotContain(NEW).doesNotContain(RunningApi.PASSWORD);
    }

    private List<AuditEntry> recorded() {
        return api.stored.audit.stream()
                .filter(entry -> entry.action().equals("POST /api/password"))
                .toList();
    }

    private HttpResponse<String> change(String current, String password, String... headers) {
        JsonObject body = new JsonObject().put("current_password", current).put("password", password);
        return api.send("POST", "/api/password", body.encode(), headers);
    }
}
