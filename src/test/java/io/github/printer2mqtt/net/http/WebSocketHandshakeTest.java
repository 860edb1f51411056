package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.websocket.BoundedWebSocket;
import io.github.printer2mqtt.net.websocket.WebSocketUnavailableException;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.Ports;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SelfSignedCertificate;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a web socket is opened, and what happens where a server refuses it. */
class WebSocketHandshakeTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(400);

    @RegisterExtension
    private final WebSocketFixture fixture = new WebSocketFixture();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>",
                "HTTP/1.1 426 Upgrade Required\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n"
            })
    void otherAnswersAreARefusal(String answer) {
        try (HostileServer server =
                HostileServer.start(fixture.vertx(), socket -> HostileServer.write(socket, answer))) {
            Throwable failure = Await.failure(fixture.open(fixture.network.open(server.port()), LIMIT));

            if (answer.contains(" 101 ")) {
                assertThat(WebSocketFixture.reason(failure)).isEqualTo(FailureReason.UNREADABLE);
            } else {
                assertThat(failure)
                        .isInstanceOf(WebSocketUnavailableException.class)
                        .hasMessage("the web socket is refused (HTTP " + answer.split(" ", -1)[1] + ")");
            }
            Await.until("the socket is closed", () -> server.openSockets() == 0);
        }
    }

    /** The next attempt may be many minutes later, and a connection keeps some 10 KB. */
    @Test
    void refusedConnectionIsNotKeptInMemory() {
        String refusal = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        try (HostileServer server =
                HostileServer.start(fixture.vertx(), socket -> HostileServer.write(socket, refusal))) {
            long before = liveConnections();
            OpenedPrinter printer = fixture.network.open(server.port());
            Await.failure(fixture.open(printer, LIMIT));
            Await.until("the socket is closed", () -> server.openSockets() == 0);

            Await.until("the connection is collected", () -> liveConnections() <= before);
            assertThat(printer).as("it can still be used").isNotNull();
        }
    }

    /** Client connections of this process that something refers to. */
    private static long liveConnections() {
        try {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return histogram
                    .lines()
                    .map(line -> line.trim().split("\\s+", -1))
                    .filter(columns ->
                            columns.length >= 4 && columns[3].equals("io.vertx.core.http.impl.Http1xClientConnection"))
                    .mapToLong(columns -> Long.parseLong(columns[1]))
                    .sum();
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void endlessBodyOfARefusalIsNotRead() {
        Buffer piece = Buffer.buffer("x".repeat(64 * 1024));
        try (HostileServer server = HostileServer.start(fixture.vertx(), socket -> {
            HostileServer.write(socket, "HTTP/1.1 200 OK\r\n\r\n");
            flood(socket, piece);
        })) {
            Throwable failure = Await.failure(fixture.open(fixture.network.open(server.port()), LIMIT));

            assertThat(failure).isInstanceOf(WebSocketUnavailableException.class);
            Await.until("the socket is closed", () -> server.openSockets() == 0);
        }
    }

    @Test
    void refusalWithRetryAfterIsRespected() {
        String busy = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n";
        try (HostileServer server = HostileServer.start(fixture.vertx(), socket -> HostileServer.write(socket, busy))) {
            OpenedPrinter printer = fixture.network.open(server.port());
            Await.failure(fixture.open(printer, LIMIT));

            Throwable again = Await.failure(fixture.open(printer, LIMIT));
            PrinterResponse poll = Await.done(printer.send(LIMIT, PrinterRequest.get("/", Map.of())));

            assertThat(again).isInstanceOf(WebSocketUnavailableException.class);
            assertThat(poll.status()).isEqualTo(503);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 101 Swi"})
    void handshakeEndsAtTheDeadline(String part) {
        try (HostileServer server = HostileServer.start(fixture.vertx(), socket -> HostileServer.write(socket, part))) {
            Throwable failure = Await.failure(fixture.open(fixture.network.open(server.port()), SHORT));

            assertThat(WebSocketFixture.reason(failure)).isEqualTo(FailureReason.TIMEOUT);
            assertThat(((PrinterException) failure).delivery()).isEqualTo(PrinterException.Delivery.POSSIBLE);
            Await.until("the socket is closed", () -> server.openSockets() == 0);
        }
    }

    @Test
    void floodOfInterimResponsesIsUnreadable() {
        String interim = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000);
        try (HostileServer server =
                HostileServer.start(fixture.vertx(), socket -> HostileServer.write(socket, interim))) {
            assertThat(WebSocketFixture.reason(Await.failure(fixture.open(fixture.network.open(server.port()), LIMIT))))
                    .isEqualTo(FailureReason.UNREADABLE);
            Await.until("the socket is closed", () -> server.openSockets() == 0);
        }
    }

    @Test
    void garbageIsUnreadable() {
        try (HostileServer server = HostileServer.start(
                fixture.vertx(), socket -> HostileServer.write(socket, "\u0001\u0002garbage\r\n\r\n"))) {
            assertThat(WebSocketFixture.reason(Await.failure(fixture.open(fixture.network.open(server.port()), LIMIT))))
                    .isEqualTo(FailureReason.UNREADABLE);
        }
    }

    @Test
    void closedPortIsRefused() {
        Throwable refused = Await.failure(fixture.open(fixture.network.open(Ports.free()), LIMIT));

        assertThat(WebSocketFixture.reason(refused)).isEqualTo(FailureReason.REFUSED);
        assertThat(((PrinterException) refused).delivery()).isEqualTo(PrinterException.Delivery.NOT_SENT);
    }

    @Test
    void loopbackIsRefusedByThePolicy() {
        try (HostileServer server = fixture.webSocket((socket, message) -> {});
                PrinterNetwork strict =
                        PrinterNetwork.create(fixture.vertx(), new AddressPolicy(Loopback.REFUSED, Set::of))) {
            OpenedPrinter printer =
                    new OpenedPrinter.Network(fixture.vertx(), strict).open("127.0.0.1:" + server.port(), null);

            assertThat(WebSocketFixture.reason(Await.failure(fixture.open(printer, LIMIT))))
                    .isEqualTo(FailureReason.UNREACHABLE);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void pinnedCertificateIsChecked() {
        SelfSignedCertificate certificate = SelfSignedCertificate.create();
        NetServerOptions tls = new NetServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions());
        try (HostileServer server = HostileServer.start(
                fixture.vertx(),
                tls,
                socket -> {},
                (socket, bytes) -> fixture.accept(socket, bytes.toString(), null))) {
            String address = "https://127.0.0.1:" + server.port();
            String shown = Await.done(fixture.network
                    .printers()
                    .fingerprint(AddressText.parse(address).withDefaultPort(443), LIMIT));

            assertThat(Await.done(fixture.open(fixture.network.open(address, shown), LIMIT))
                            .isOpen())
                    .isTrue();
            assertThat(WebSocketFixture.reason(Await.failure(
                            fixture.open(fixture.network.open(address, "sha256:" + "ab".repeat(32)), LIMIT))))
                    .isEqualTo(FailureReason.TLS);
            assertThat(fixture.requests)
                    .as("nothing is sent to another certificate")
                    .hasSize(1);
        } finally {
            certificate.delete();
        }
    }

    @Test
    void closedWebSocketReturnsItsPermit() {
        try (HostileServer server = fixture.webSocket((socket, message) -> {});
                OpenedPrinter.Network few = OpenedPrinter.network(fixture.vertx(), 0)) {
            for (int i = 0; i < 40; i++) {
                OpenedPrinter printer = few.open(server.port());
                Await.done(fixture.open(printer, LIMIT));
                printer.context().runOnContext(now -> printer.http().close());
                Await.until("the socket is closed", () -> server.openSockets() == 0);
            }
        }
    }

    @Test
    void noWebSocketIsOpenedIfFilesAreScarce() {
        try (HostileServer server = fixture.webSocket((socket, message) -> {});
                OpenedPrinter.Network few = OpenedPrinter.network(fixture.vertx(), 0)) {
            Throwable failure = null;
            int opened = 0;
            while (failure == null) {
                Future<BoundedWebSocket> next = fixture.open(few.open(server.port()), LIMIT);
                Await.until("the attempt ends", next::isComplete);
                failure = next.cause();
                opened++;
            }

            assertThat(failure).isInstanceOf(WebSocketUnavailableException.class);
            assertThat(opened).as("of 16 connections, one is left for polls").isEqualTo(16);
        }
    }

    private static void flood(NetSocket socket, Buffer piece) {
        socket.write(piece).onSuccess(written -> flood(socket, piece));
    }
}
