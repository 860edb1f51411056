package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.notification.NotificationService.TestResult;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NotificationRoutesTest {
    private static final String TEST = "/api/notifications/test";

    @RegisterExtension
    private final RunningApi api = RunningApi.start();

    @Test
    void testListsEveryReceiver() {
        api.notifications.results =
                List.of(new TestResult("webhook", true, null), new TestResult("ntfy", false, "no answer"));

        HttpResponse<String> response = api.send("POST", TEST, "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(response.body())).isEqualTo(new JsonObject("""
                        {"receivers":[{"receiver":"webhook","delivered":true,"detail":null},
                                      {"receiver":"ntfy","delivered":false,"detail":"no answer"}]}"""));
    }

    @Test
    void receiversAreListedByName() {
        api.notifications.results =
                List.of(new TestResult("webhook", true, null), new TestResult("ntfy", false, "no answer"));

        assertThat(api.json("/api/notifications"))
                .isEqualTo(new JsonObject("{\"receivers\":[{\"receiver\":\"webhook\"},{\"receiver\":\"ntfy\"}]}"));
    }

    @Test
    void testWithoutAReceiverIsAConflict() {
        HttpResponse<String> response = api.send("POST", TEST, "");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("no_receiver");
    }
}
