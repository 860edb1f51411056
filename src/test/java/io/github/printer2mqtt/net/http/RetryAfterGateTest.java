package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetryAfterGateTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String OK = "HTTP/1.1 200 OK";

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final AtomicLong nanos = new AtomicLong();
    private final OpenedPrinter.Network network = OpenedPrinter.network(vertx, nanos::get, InetAddress::getAllByName);

    @AfterEach
    void closeEverything() {
        network.close();
    }

    @Test
    void honoursRetryAfterForAtMostTenMinutes() {
        String busy = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1000000000";
        try (HostileServer hostile = HostileServer.start(vertx, HostileServer.answers(busy, "{}"))) {
            OpenedPrinter client = network.open(hostile.port());
            for (int i = 0; i < 3; i++) {
                assertThat(Await.done(get(client, "/x")).status()).isEqualTo(429);
                assertThat(hostile.requests()).isEqualTo(1);
                nanos.addAndGet(Duration.ofMinutes(4).toNanos() - i);
            }
            assertThat(Await.done(get(client, "/x")).status()).isEqualTo(429);
            assertThat(hostile.requests()).isEqualTo(2);
        }
    }

    @Test
    void sendsCommandsDespiteRetryAfter() {
        AtomicInteger received = new AtomicInteger();
        Consumer<NetSocket> busyOnce = socket -> HostileServer.answers(
                        received.incrementAndGet() == 1 ? "HTTP/1.1 503 Later\r\nRetry-After: 60" : OK, "{}")
                .accept(socket);
        try (HostileServer hostile = HostileServer.start(vertx, busyOnce)) {
            OpenedPrinter client = network.open(hostile.port());
            assertThat(Await.done(get(client, "/x")).status()).isEqualTo(503);
            assertThat(Await.done(get(client, "/x")).status()).isEqualTo(503);

            Future<PrinterResponse> command = client.on(() -> client.http()
                    .onSecondConnection(
                            LIMIT, exchange -> exchange.send(PrinterRequest.postJson("/x", Map.of(), "{}"))));

            assertThat(Await.done(command).status()).isEqualTo(200);
            assertThat(received).hasValue(2);
        }
    }

    private static Future<PrinterResponse> get(OpenedPrinter client, String path) {
        return client.send(LIMIT, PrinterRequest.get(path, Map.of()));
    }
}
