package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads are repeated on a new connection if the reused one turns out to be closed; changes never are. */
class RequestRepetitionTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String OK = "HTTP/1.1 200 OK";

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final OpenedPrinter.Network network = OpenedPrinter.network(vertx);

    @AfterEach
    void closeEverything() {
        network.close();
    }

    @Test
    void reusesOneConnectionForPolls() {
        try (HostileServer hostile = HostileServer.start(vertx, HostileServer.answers(OK, "{}"))) {
            OpenedPrinter client = network.open(hostile.port());
            for (int i = 0; i < 5; i++) {
                assertThat(Await.done(get(client, "/x")).status()).isEqualTo(200);
            }
            assertThat(hostile.connections()).isEqualTo(1);
        }
    }

    @Test
    void repeatsAReadIfThePrinterClosedTheReusedConnection() {
        AtomicInteger answered = new AtomicInteger();
        Consumer<NetSocket> closesEverySecond = socket -> {
            if (answered.incrementAndGet() % 2 == 0) {
                socket.close();
            } else {
                HostileServer.answers(OK, "{}").accept(socket);
            }
        };
        try (HostileServer hostile = HostileServer.start(vertx, closesEverySecond)) {
            OpenedPrinter client = network.open(hostile.port());
            for (int i = 0; i < 4; i++) {
                assertThat(Await.done(get(client, "/x")).status()).isEqualTo(200);
            }
            Await.until("at most one socket is left", () -> hostile.openSockets() <= 1);
        }
    }

    @Test
    void neverSendsACommandTwice() {
        AtomicInteger received = new AtomicInteger();
        Consumer<NetSocket> closes = socket -> {
            received.incrementAndGet();
            socket.close();
        };
        try (HostileServer hostile = HostileServer.start(vertx, closes)) {
            OpenedPrinter client = network.open(hostile.port());

            Await.failure(client.on(() -> client.http()
                    .onSecondConnection(
                            LIMIT, exchange -> exchange.send(PrinterRequest.postJson("/x", Map.of(), "{}")))));

            assertThat(received).hasValue(1);
        }
    }

    @Test
    void repeatsReadsButNoChangesOnAClosedConnection() {
        AtomicInteger received = new AtomicInteger();
        Consumer<NetSocket> closesEverySecond = socket -> {
            if (received.incrementAndGet() % 2 == 0) {
                socket.close();
            } else {
                HostileServer.answers(OK, "{}").accept(socket);
            }
        };
        try (HostileServer hostile = HostileServer.start(vertx, closesEverySecond)) {
            OpenedPrinter client = network.open(hostile.port());
            Await.done(get(client, "/x"));
            Await.done(client.send(LIMIT, PrinterRequest.queryJson("/query", Map.of(), "{}")));
            assertThat(received)
                    .as("the read, its closed connection, and its repetition")
                    .hasValue(3);

            Await.failure(client.send(LIMIT, PrinterRequest.postJson("/change", Map.of(), "{}")));
            assertThat(received).as("the change, once").hasValue(4);
        }
    }

    @Test
    void doesNotRepeatARequestAfterTheResponseStarted() {
        AtomicInteger received = new AtomicInteger();
        Consumer<NetSocket> cutsEverySecond = socket -> {
            if (received.incrementAndGet() % 2 == 0) {
                cut(socket);
            } else {
                HostileServer.answers(OK, "{}").accept(socket);
            }
        };
        try (HostileServer hostile = HostileServer.start(vertx, cutsEverySecond)) {
            OpenedPrinter client = network.open(hostile.port());
            Await.done(get(client, "/x"));

            assertThat(Await.failure(get(client, "/x"))).hasMessageStartingWith("unreadable");
            assertThat(received).hasValue(2);
        }
    }

    @Test
    void neverAssignsASecondResponseToTheNextRequest() {
        AtomicInteger received = new AtomicInteger();
        Consumer<NetSocket> twice = socket -> {
            int number = received.incrementAndGet();
            String response = OK + "\r\nContent-Length: 2\r\nX-Number: " + number + "\r\n\r\n{}";
            HostileServer.write(socket, response + response);
        };
        try (HostileServer hostile = HostileServer.start(vertx, twice)) {
            OpenedPrinter client = network.open(hostile.port());
            Future<PrinterResponse> second = client.on(() -> client.http()
                    .within(
                            LIMIT,
                            exchange -> exchange.send(PrinterRequest.get("/1", Map.of()))
                                    .compose(first -> exchange.send(PrinterRequest.get("/2", Map.of())))));

            assertThat(Await.done(second).header("x-number")).isEqualTo(String.valueOf(received.get()));
            assertThat(hostile.connections()).isEqualTo(2);
        }
    }

    private static Future<PrinterResponse> get(OpenedPrinter client, String path) {
        return client.send(LIMIT, PrinterRequest.get(path, Map.of()));
    }

    private static void cut(NetSocket socket) {
        HostileServer.write(socket, OK + "\r\nContent-Length: 1000\r\n\r\n");
        socket.write("{").onComplete(written -> socket.close());
    }
}
