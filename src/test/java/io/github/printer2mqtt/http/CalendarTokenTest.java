package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterState;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The address of a calendar: its token reads the calendar and nothing else. */
class CalendarTokenTest {
    private static final String CALENDAR = "/api/finish.ics?token=";

    @RegisterExtension
    private final RunningApi api = RunningApi.startWithToken();

    @BeforeEach
    void printOne() {
        api.fleet.register("a", null).record("a", SmallFleet.reading(PrinterState.PRINTING));
    }

    @Test
    void tokenInTheAddressReadsTheCalendar() {
        String token = token(null, "calendar");

        HttpResponse<String> response = api.get(CALENDAR + token);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("BEGIN:VEVENT");
        assertThat(api.get("/api/finish.ics", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void tokenInTheAddressReadsNothingElse() {
        String token = token(null, "calendar");
        for (String path :
                new String[] {"/api/printers", "/api/history", "/api/statistics", "/metrics", "/api/tokens"}) {
            assertRefused(path + "?token=" + token);
        }
    }

    @Test
    void tokenThatMayDoMoreIsRefusedInAnAddress() {
        assertRefused(CALENDAR + token(null, "read"));
        assertRefused(CALENDAR + token(null, "admin"));
        assertRefused(CALENDAR + token(null, "calendar", "camera"));
        assertRefused(CALENDAR + RunningApi.TOKEN);
    }

    @Test
    void wrongTokensAreRefused() {
        String token = token(null, "calendar");
        assertRefused(CALENDAR + "wrong");
        assertRefused(CALENDAR);
        assertRefused(CALENDAR + token + "x");
        assertRefused(CALENDAR + token + "&token=" + token);
        String wrong = api.get(CALENDAR + "wrong", "Authorization", "Bearer " + RunningApi.TOKEN)
                .body();
        assertThat(new JsonObject(wrong).getString("code"))
                .as("no other credentials stand in")
                .isEqualTo("unauthorized");
    }

    @Test
    void expiredAndRevokedTokensAreRefused() {
        String expiring = token(Instant.now().plusSeconds(3600), "calendar");
        JsonObject revoked = api.createToken(null, "calendar");
        assertThat(api.send(
                                "DELETE",
                                "/api/tokens/" + revoked.getString("id"),
                                null,
                                "Authorization",
                                "Bearer " + RunningApi.TOKEN)
                        .statusCode())
                .isEqualTo(204);
        assertRefused(CALENDAR + revoked.getString("token"));
        assertThat(api.get(CALENDAR + expiring).statusCode()).isEqualTo(200);
        api.clockAhead = Duration.ofHours(2);
        assertRefused(CALENDAR + expiring);
    }

    private String token(@Nullable Instant expiresAt, String... scopes) {
        return api.createToken(expiresAt, scopes).getString("token");
    }

    private void assertRefused(String path) {
        HttpResponse<String> response = api.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(401);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("unauthorized");
    }
}
