package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.VertxInstance;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetServerOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApiClientTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int MAX_BYTES = 100_000;

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final ApiClient client = ApiClient.create(vertx, MAX_BYTES);
    private final List<String> received = new CopyOnWriteArrayList<>();

    @Test
    void sendsTokenHeadersAndBody() {
        try (HostileServer server = answering("HTTP/1.1 201 Created\r\nContent-Type: text/plain", "done")) {
            ApiClient.Response response = Await.done(client.send(
                    new ApiClient.Request(
                            HttpMethod.POST,
                            URI.create("http://127.0.0.1:" + server.port() + "/api?format=csv"),
                            Map.of("Content-Type", "application/json", "User-Agent", "test/1"),
                            Secret.of("a-token-of-16-signs"),
                            Buffer.buffer("{}")),
                    LONG));

            assertThat(response).isEqualTo(new ApiClient.Response(201, "text/plain", Buffer.buffer("done")));
            assertThat(received)
                    .singleElement()
                    .asString()
                    .startsWith("POST /api?format=csv HTTP/1.1\r\n")
                    .containsIgnoringCase("Authorization: Bearer a-token-of-16-signs\r\n")
                    .containsIgnoringCase("Content-Type: application/json\r\n")
                    .containsOnlyOnce("User-Agent: test/1\r\n")
                    .doesNotContain("Vert.x")
                    .endsWith("\r\n\r\n{}");
        }
    }

    @Test
    void urlWithoutAPathMeansTheRoot() {
        try (HostileServer server = answering("HTTP/1.1 200 OK", "")) {
            String url = "http://127.0.0.1:" + server.port();

            Await.done(client.send(request(url), LONG));
            Await.done(client.send(request(url + "?a=b"), LONG));

            assertThat(received)
                    .satisfiesExactly(
                            plain -> assertThat(plain).startsWith("GET / HTTP/1.1\r\n"),
                            query -> assertThat(query).startsWith("GET /?a=b HTTP/1.1\r\n"));
        }
    }

    @Test
    void doesNotFollowARedirect() {
        try (HostileServer server = answering("HTTP/1.1 302 Found\r\nLocation: /elsewhere", "")) {
            assertThat(Await.done(get(server.port(), LONG)).status()).isEqualTo(302);
            assertThat(received).hasSize(1);
        }
    }

    @Test
    void rejectsABodyAboveTheLimit() {
        try (HostileServer fits = answering("HTTP/1.1 200 OK", "x".repeat(MAX_BYTES));
                HostileServer tooLarge = answering("HTTP/1.1 200 OK", "x".repeat(MAX_BYTES + 1))) {
            assertThat(Await.done(get(fits.port(), LONG)).body().length()).isEqualTo(MAX_BYTES);
            assertThat(reason(get(tooLarge.port(), LONG))).isEqualTo(FailureReason.TOO_LARGE);
            Await.until("the connection is closed", () -> tooLarge.openSockets() == 0);
        }
    }

    @Test
    void closesTheConnectionAtTheDeadline() {
        try (HostileServer silent = HostileServer.start(vertx, socket -> {})) {
            assertThat(reason(get(silent.port(), Duration.ofMillis(300)))).isEqualTo(FailureReason.TIMEOUT);
            Await.until("the connection is closed", () -> silent.openSockets() == 0);
        }
    }

    @Test
    void saysWhyThereIsNoResponse() {
        assertThat(reason(get(Ports.free(), LONG))).isEqualTo(FailureReason.REFUSED);
        assertThat(reason(client.send(request("http://no-such-host.invalid/"), LONG)))
                .isEqualTo(FailureReason.DNS);
        try (HostileServer server = answering("SSH-2.0-OpenSSH_9.2", "")) {
            assertThat(reason(get(server.port(), LONG))).isEqualTo(FailureReason.UNREADABLE);
        }
    }

    private HostileServer answering(String head, String body) {
        return HostileServer.start(vertx, new NetServerOptions(), socket -> {}, (socket, bytes) -> {
            received.add(bytes.toString());
            HostileServer.answers(head, body).accept(socket);
        });
    }

    private Future<ApiClient.Response> get(int port, Duration limit) {
        return client.send(request("http://127.0.0.1:" + port + "/"), limit);
    }

    private static ApiClient.Request request(String url) {
        return new ApiClient.Request(HttpMethod.GET, URI.create(url), Map.of(), null, null);
    }

    private static FailureReason reason(Future<ApiClient.Response> response) {
        return ((PrinterException) Await.failure(response)).failure().reason();
    }
}
