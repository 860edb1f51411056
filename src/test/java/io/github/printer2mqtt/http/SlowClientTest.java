package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.http.security.ClientLimits;
import io.github.printer2mqtt.testing.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that stop in the middle of a request or read no response. */
class SlowClientTest {
    private static final ClientLimits SHORT = new ClientLimits(
            Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(600), 8, 8, 16 * 1024 * 1024);

    private static final String LISTS_SENT =
            "printer2mqtt_http_requests_total{method=\"GET\",route=\"/api/printers\",status=\"2xx\"}";

    @RegisterExtension
    private final RunningApi api = RunningApi.start(SHORT);

    @AfterEach
    void otherClientsAreStillServed() {
        assertThat(api.get("/api/printers").statusCode()).isEqualTo(200);
    }

    /** 92 */
    @Test
    void slowHeadersCloseTheConnection() throws IOException {
        try (RawClient client = new RawClient(api.port())) {
            client.write("GET /api/printers HTTP/1.1\r\nX: ");
            Await.until("closed", Duration.ofSeconds(5), () -> !client.accepts("a"));
        }
        assertThat(api.metric("printer2mqtt_http_connections_closed_total{cause=\"slow\"}"))
                .isEqualTo(1);
    }

    @Test
    void slowBodyClosesTheConnection() throws IOException {
        try (RawClient client = new RawClient(api.port())) {
            client.write(
                    head("POST", "/api/printers") + "Content-Type: application/json\r\nContent-Length: 90000\r\n\r\n{");
            Await.until("closed", Duration.ofSeconds(5), () -> !client.accepts(" "));
        }
        assertThat(api.registrations.requests).isEmpty();
    }

    @Test
    void slowSecondRequestClosesTheConnection() throws IOException {
        try (RawClient client = new RawClient(api.port())) {
            client.write(head("GET", "/health/live") + "\r\n");
            client.readUntil("{\"status\":\"up\"}");
            client.write("GET ");
            Await.until("closed", Duration.ofSeconds(5), () -> !client.accepts("a"));
        }
    }

    @Test
    void silentConnectionIsClosed() throws IOException {
        try (RawClient client = new RawClient(api.port())) {
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void clientThatReadsNoResponsesIsDisconnected() throws IOException {
        for (int i = 0; i < 200; i++) {
            api.fleet.register("p" + i, null);
        }
        String requests = (head("GET", "/api/printers") + "\r\n").repeat(100);
        CompletableFuture<Void> sending;
        try (RawClient client = new RawClient(api.port())) {
            sending = CompletableFuture.runAsync(() -> {
                while (client.accepts(requests)) {
                    Thread.onSpinWait();
                }
            });
            Await.until(
                    "given up", () -> api.metric("printer2mqtt_http_connections_closed_total{cause=\"slow\"}") == 1);
            assertThat(api.metric(LISTS_SENT)).isBetween(1.0, 200.0);
        }
        sending.join();
    }

    private String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + api.port() + "\r\n";
    }
}
