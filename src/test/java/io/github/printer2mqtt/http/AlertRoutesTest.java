package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AlertRoutesTest {
    private static final String ACKNOWLEDGE = "/api/alerts/acknowledge";

    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @BeforeEach
    void openAnAlert() {
        api.alerts.add(new Alert(
                new PrinterId("mk4"),
                AlertCode.STALLED,
                Alert.Severity.WARNING,
                "no progress for 20 minutes",
                Instant.parse("2026-11-21T09:31:00Z")));
    }

    @Test
    void listsOpenAlerts() {
        assertThat(api.json("/api/alerts"))
                .isEqualTo(new JsonObject(
                        "{\"alerts\":[{\"printer\":\"mk4\",\"severity\":\"warning\",\"code\":\"stalled\","
                                + "\"message\":\"no progress for 20 minutes\",\"since\":\"2026-11-21T09:31:00Z\"}]}"));
    }

    @Test
    void acknowledgedAlertIsNoLongerOpen() {
        String stalled = "{\"id\":\"mk4\",\"code\":\"stalled\"}";

        HttpResponse<String> first = api.send("POST", ACKNOWLEDGE, stalled);
        HttpResponse<String> second = api.send("POST", ACKNOWLEDGE, stalled);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(first.body())).isEqualTo(new JsonObject(stalled));
        assertThat(api.json("/api/alerts").getJsonArray("alerts")).isEmpty();
        assertThat(second.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(second.body()).getString("code")).isEqualTo("alert_not_found");
    }

    @Test
    void invalidAcknowledgementIsRejected() {
        for (String body : List.of(
                "{}",
                "{\"id\":\"mk4\"}",
                "{\"id\":\"MK4 !\",\"code\":\"stalled\"}",
                "{\"id\":\"mk4\",\"code\":\"melted\"}",
                "{\"id\":\"mk4\",\"code\":\"stalled\",\"for\":\"1h\"}")) {
            HttpResponse<String> response = api.send("POST", ACKNOWLEDGE, body);

            assertThat(response.statusCode()).as(body).isEqualTo(422);
            assertThat(new JsonObject(response.body()).getString("field"))
                    .as(body)
                    .isNotNull();
        }
        assertThat(api.alerts.open()).hasSize(1);
    }
}
