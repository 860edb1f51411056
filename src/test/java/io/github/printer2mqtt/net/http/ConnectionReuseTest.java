package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.net.http.PrinterRequest.Method;
import io.github.printer2mqtt.net.http.PrinterRequest.Purpose;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionReuseTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final PrinterRequest JOB = PrinterRequest.get("/api/v1/job", Map.of());
    private static final PrinterRequest PAUSE =
            new PrinterRequest(Method.PUT, "/api/v1/job/9/pause", Map.of(), null, Purpose.CHANGE);

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final OpenedPrinter.Network network = OpenedPrinter.network(vertx);
    private final List<String> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeEverything() {
        network.close();
    }

    @Test
    void sendsACommandToAnHttp10ServerThatClosesAfterEachResponse() {
        try (HostileServer server = start((socket, request) -> {
            HostileServer.write(socket, "HTTP/1.0 200 OK\r\nServer: PrusaLink\r\nContent-Length: 2\r\n\r\n{}");
            socket.end();
        })) {
            OpenedPrinter printer = network.open(server.port());
            for (int i = 0; i < 5; i++) {
                PrinterResponse paused = Await.done(readThenChange(printer));
                assertThat(paused.status()).isEqualTo(200);
            }

            assertThat(received).hasSize(10);
            assertThat(received.get(9)).startsWith("PUT /api/v1/job/9/pause HTTP/1.1");
        }
    }

    @Test
    void sendsACommandToAnHttp10ServerThatLeavesClosingToTheClient() {
        try (HostileServer server = start(
                (socket, request) -> HostileServer.write(socket, "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}"))) {
            assertThat(Await.done(readThenChange(network.open(server.port()))).status())
                    .isEqualTo(200);
            assertThat(received).hasSize(2);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    /** After such a response the server reads nothing more from the connection (RFC 9112, section 9.6). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: close",
                "Connection: Close",
                "Connection: keep-alive, close",
                "Connection: x-option ,\t CLOSE",
                "Connection: , ,close,",
                "Connection: x-option\r\nConnection: close",
                "CONNECTION: close\r\nKeep-Alive: timeout=5",
            })
    void doesNotReuseAConnectionThatTheServerCloses(String header) {
        Set<NetSocket> givenUp = ConcurrentHashMap.newKeySet();
        try (HostileServer server = start((socket, request) -> {
            if (givenUp.add(socket)) {
                HostileServer.write(socket, "HTTP/1.1 200 OK\r\n" + header + "\r\nContent-Length: 2\r\n\r\n{}");
            }
        })) {
            OpenedPrinter printer = network.open(server.port());
            for (int i = 0; i < 3; i++) {
                assertThat(Await.done(printer.send(LIMIT, JOB)).status()).isEqualTo(200);
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: keep-alive", "Connection: x-close, closed", "Keep-Alive: timeout=5, max=100"})
    void reusesAConnectionThatTheServerKeepsOpen(String header) {
        try (HostileServer server = start((socket, request) ->
                HostileServer.write(socket, "HTTP/1.1 200 OK\r\n" + header + "\r\nContent-Length: 2\r\n\r\n{}"))) {
            OpenedPrinter printer = network.open(server.port());
            for (int i = 0; i < 3; i++) {
                Await.done(printer.send(LIMIT, JOB));
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void sendsACommandOnceIfItMayHaveArrived() {
        try (HostileServer server = start((socket, request) -> {
            if (request.startsWith("PUT")) {
                socket.close();
            } else {
                HostileServer.answers("HTTP/1.1 200 OK", "{}").accept(socket);
            }
        })) {
            Await.failure(readThenChange(network.open(server.port())));

            assertThat(received)
                    .filteredOn(request -> request.startsWith("PUT"))
                    .hasSize(1);
        }
    }

    @Test
    void sendsOneUserAgent() {
        try (HostileServer server = start((socket, request) ->
                HostileServer.answers("HTTP/1.1 200 OK", "{}").accept(socket))) {
            Await.done(network.open(server.port()).send(LIMIT, JOB));

            assertThat(received)
                    .singleElement()
                    .asString()
                    .containsOnlyOnce("User-Agent: printer2mqtt\r\n")
                    .doesNotContain("Vert.x");
        }
    }

    @Test
    void doesNotCloseTheConnectionOfTheNextExchange() {
        Promise<NetSocket> waiting = Promise.promise();
        try (HostileServer server = start((socket, request) -> waiting.tryComplete(socket))) {
            OpenedPrinter printer = network.open(server.port());
            Promise<Void> slow = Promise.promise();
            Promise<PrinterResponse> lateRequest = Promise.promise();
            Future<PrinterResponse> next = printer.on(() -> printer.http()
                    .within(Duration.ofMillis(50), exchange -> {
                        slow.future().compose(done -> exchange.send(JOB)).onComplete(lateRequest);
                        return lateRequest.future();
                    })
                    .transform(over -> printer.http().within(LIMIT, exchange -> exchange.send(JOB))));
            NetSocket socket = Await.done(waiting.future());

            printer.context().runOnContext(now -> slow.complete());
            assertThat(Await.failure(lateRequest.future())).hasMessageStartingWith("timeout");
            HostileServer.answers("HTTP/1.1 200 OK", "{}").accept(socket);

            assertThat(Await.done(next).status()).isEqualTo(200);
        }
    }

    private static Future<PrinterResponse> readThenChange(OpenedPrinter printer) {
        return printer.on(() -> printer.http()
                .onSecondConnection(LIMIT, exchange -> exchange.send(JOB).compose(job -> exchange.send(PAUSE))));
    }

    private HostileServer start(BiConsumer<NetSocket, String> onRequest) {
        return HostileServer.start(vertx, new NetServerOptions(), socket -> {}, (socket, bytes) -> {
            String request = bytes.toString();
            received.add(request);
            onRequest.accept(socket, request);
        });
    }
}
