package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.AddressText;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.websocket.BoundedWebSocket;
import io.github.printer2mqtt.net.websocket.WebSocketCodec;
import io.github.printer2mqtt.net.websocket.WebSocketCodec.Kind;
import io.github.printer2mqtt.net.websocket.WebSocketCodec.Message;
import io.github.printer2mqtt.net.websocket.WebSocketHandshake;
import io.github.printer2mqtt.net.websocket.WebSocketUnavailableException;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SelfSignedCertificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Web sockets to servers that keep the protocol or break it. */
class WebSocketTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final String KEY_FIELD = "sec-websocket-key: ";

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final OpenedPrinter.Network network = OpenedPrinter.network(vertx);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Received received = new Received();

    private static final class Received implements BoundedWebSocket.Listener {
        final List<String> messages = new CopyOnWriteArrayList<>();
        final List<PrinterException> closed = new CopyOnWriteArrayList<>();

        @Override
        public void onMessage(Buffer text) {
            messages.add(text.toString());
        }

        @Override
        public void onClosed(PrinterException why) {
            closed.add(why);
        }

        FailureReason reason() {
            Await.until("the web socket is closed", () -> !closed.isEmpty());
            return closed.get(0).failure().reason();
        }
    }

    @AfterEach
    void closeEverything() {
        network.close();
    }

    @Test
    void messagesPassInBothDirections() {
        try (HostileServer server = webSocket((socket, message) -> socket.write(frame("echo " + message.payload())))) {
            OpenedPrinter printer = network.open(server.port());
            BoundedWebSocket open = Await.done(open(printer, LIMIT));

            printer.context().runOnContext(now -> open.send("grün"));

            Await.until("the echo arrives", () -> received.messages.contains("echo grün"));
            assertThat(requests.get(0))
                    .startsWith("GET /websocket HTTP/1.1\r\n")
                    .containsIgnoringCase("host: 127.0.0.1:" + server.port())
                    .contains("X-Api-Key: k3y");
            printer.context().runOnContext(now -> printer.http().close());
            Await.until("the socket is closed", () -> server.openSockets() == 0);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(received.closed).as("closed by the bridge itself").isEmpty();
        }
    }

    @Test
    void messageThatArrivesWithTheHandshakeIsReceived() {
        try (HostileServer server = server(socket -> {}, "{\"first\":true}")) {
            Await.done(open(network.open(server.port()), LIMIT));

            Await.until("the message arrives", () -> received.messages.contains("{\"first\":true}"));
        }
    }

    @Test
    void onlyOneConnectionIsOpen() {
        try (HostileServer server = webSocket((socket, message) -> {})) {
            OpenedPrinter printer = network.open(server.port());
            Await.done(open(printer, LIMIT));

            Await.done(open(printer, LIMIT));

            Await.until("the first one is closed", () -> server.openSockets() == 1);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

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
        try (HostileServer server = HostileServer.start(vertx, socket -> HostileServer.write(socket, answer))) {
            Throwable failure = Await.failure(open(network.open(server.port()), LIMIT));

            if (answer.contains(" 101 ")) {
                assertThat(reason(failure)).isEqualTo(FailureReason.UNREADABLE);
            } else {
                assertThat(failure)
                        .isInstanceOf(WebSocketUnavailableException.class)
                        .hasMessage("the web socket is refused (HTTP " + answer.split(" ", -1)[1] + ")");
            }
            Await.until("the socket is closed", () -> server.openSockets() == 0);
        }
    }

    @Test
    void endlessBodyOfARefusalIsNotRead() {
        Buffer piece = Buffer.buffer("x".repeat(64 * 1024));
        try (HostileServer server = HostileServer.start(vertx, socket -> {
            HostileServer.write(socket, "HTTP/1.1 200 OK\r\n\r\n");
            flood(socket, piece);
        })) {
            Throwable failure = Await.failure(open(network.open(server.port()), LIMIT));

            assertThat(failure).isInstanceOf(WebSocketUnavailableException.class);
            Await.until("the socket is closed", () -> server.openSockets() == 0);
        }
    }

    @Test
    void refusalWithRetryAfterIsRespected() {
        String busy = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n";
        try (HostileServer server = HostileServer.start(vertx, socket -> HostileServer.write(socket, busy))) {
            OpenedPrinter printer = network.open(server.port());
            Await.failure(open(printer, LIMIT));

            Throwable again = Await.failure(open(printer, LIMIT));
            PrinterResponse poll = Await.done(printer.send(LIMIT, PrinterRequest.get("/", Map.of())));

            assertThat(again).isInstanceOf(WebSocketUnavailableException.class);
            assertThat(poll.status()).isEqualTo(503);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 101 Swi"})
    void handshakeEndsAtTheDeadline(String part) {
        try (HostileServer server = HostileServer.start(vertx, socket -> HostileServer.write(socket, part))) {
            Throwable failure = Await.failure(open(network.open(server.port()), SHORT));

            assertThat(reason(failure)).isEqualTo(FailureReason.TIMEOUT);
            assertThat(((PrinterException) failure).delivery()).isEqualTo(PrinterException.Delivery.POSSIBLE);
            Await.until("the socket is closed", () -> server.openSockets() == 0);
        }
    }

    @Test
    void floodOfInterimResponsesIsUnreadable() {
        String interim = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000);
        try (HostileServer server = HostileServer.start(vertx, socket -> HostileServer.write(socket, interim))) {
            assertThat(reason(Await.failure(open(network.open(server.port()), LIMIT))))
                    .isEqualTo(FailureReason.UNREADABLE);
            Await.until("the socket is closed", () -> server.openSockets() == 0);
        }
    }

    @Test
    void garbageIsUnreadableAndAClosedPortRefused() {
        int port;
        try (HostileServer server =
                HostileServer.start(vertx, socket -> HostileServer.write(socket, "\u0001\u0002garbage\r\n\r\n"))) {
            port = server.port();
            assertThat(reason(Await.failure(open(network.open(port), LIMIT)))).isEqualTo(FailureReason.UNREADABLE);
        }
        Throwable refused = Await.failure(open(network.open(port), LIMIT));

        assertThat(reason(refused)).isEqualTo(FailureReason.REFUSED);
        assertThat(((PrinterException) refused).delivery()).isEqualTo(PrinterException.Delivery.NOT_SENT);
    }

    @Test
    void messageAboveOneMebibyteIsTooLarge() {
        Message huge = Message.text("x".repeat(1024 * 1024 + 1));
        try (HostileServer server = server(socket -> socket.write(encoded(huge)), null)) {
            Await.done(open(network.open(server.port()), LIMIT));

            assertThat(received.reason()).isEqualTo(FailureReason.TOO_LARGE);
            Await.until("the socket is closed", () -> server.openSockets() == 0);
        }
    }

    @Test
    void fragmentsAboveOneMebibyteAreTooLarge() {
        byte[] head = {0x01, 126, 0x7f, (byte) 0xff}; // text, not final, 32,767 bytes
        Buffer first = Buffer.buffer(head).appendString("x".repeat(32_767));
        Buffer next = first.copy().setByte(0, (byte) 0);
        try (HostileServer server = server(
                socket -> {
                    socket.write(first);
                    for (int i = 0; i < 33; i++) {
                        socket.write(next);
                    }
                },
                null)) {
            Await.done(open(network.open(server.port()), LIMIT));

            assertThat(received.reason()).isEqualTo(FailureReason.TOO_LARGE);
        }
    }

    @Test
    void invalidFrameIsUnreadable() {
        try (HostileServer server = server(socket -> socket.write("HTTP/1.1 500 Oops\r\n\r\n"), null)) {
            Await.done(open(network.open(server.port()), LIMIT));

            assertThat(received.reason()).isEqualTo(FailureReason.UNREADABLE);
            Await.until("the socket is closed", () -> server.openSockets() == 0);
        }
    }

    @Test
    void closeOfTheServerIsReported() {
        try (HostileServer server = server(socket -> socket.write(encoded(Message.control(Kind.CLOSE))), null)) {
            Await.done(open(network.open(server.port()), LIMIT));

            assertThat(received.reason()).isEqualTo(FailureReason.UNREADABLE);
            Await.until("the socket is closed", () -> server.openSockets() == 0);
            assertThat(received.closed).hasSize(1);
        }
    }

    @Test
    void pingIsAnswered() {
        List<Message> messages = new CopyOnWriteArrayList<>();
        try (HostileServer server = webSocket((socket, message) -> {
            messages.add(message);
            if (message.kind() == Kind.TEXT) {
                socket.write(encoded(new Message(Kind.PING, Buffer.buffer("abc"))));
            }
        })) {
            OpenedPrinter printer = network.open(server.port());
            BoundedWebSocket open = Await.done(open(printer, LIMIT));

            printer.context().runOnContext(now -> open.send("ping me"));

            Await.until("the pong arrives", () -> messages.contains(new Message(Kind.PONG, Buffer.buffer("abc"))));
        }
    }

    @Test
    void loopbackIsRefusedByThePolicy() {
        try (HostileServer server = webSocket((socket, message) -> {});
                PrinterNetwork strict = PrinterNetwork.create(vertx, new AddressPolicy(Loopback.REFUSED, Set::of))) {
            OpenedPrinter printer = new OpenedPrinter.Network(vertx, strict).open("127.0.0.1:" + server.port(), null);

            assertThat(reason(Await.failure(open(printer, LIMIT)))).isEqualTo(FailureReason.UNREACHABLE);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void pinnedCertificateIsChecked() {
        SelfSignedCertificate certificate = SelfSignedCertificate.create();
        NetServerOptions tls = new NetServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions());
        try (HostileServer server = HostileServer.start(
                vertx, tls, socket -> {}, (socket, bytes) -> accept(socket, bytes.toString(), null))) {
            String address = "https://127.0.0.1:" + server.port();
            String shown = Await.done(
                    network.printers().fingerprint(AddressText.parse(address).withDefaultPort(443), LIMIT));

            assertThat(Await.done(open(network.open(address, shown), LIMIT)).isOpen())
                    .isTrue();
            assertThat(reason(Await.failure(open(network.open(address, "sha256:" + "ab".repeat(32)), LIMIT))))
                    .isEqualTo(FailureReason.TLS);
            assertThat(requests).as("nothing is sent to another certificate").hasSize(1);
        } finally {
            certificate.delete();
        }
    }

    @Test
    void closedWebSocketReturnsItsPermit() {
        try (HostileServer server = webSocket((socket, message) -> {});
                OpenedPrinter.Network few = OpenedPrinter.network(vertx, 0)) {
            for (int i = 0; i < 40; i++) {
                OpenedPrinter printer = few.open(server.port());
                Await.done(open(printer, LIMIT));
                printer.context().runOnContext(now -> printer.http().close());
                Await.until("the socket is closed", () -> server.openSockets() == 0);
            }
        }
    }

    @Test
    void noWebSocketIsOpenedIfFilesAreScarce() {
        try (HostileServer server = webSocket((socket, message) -> {});
                OpenedPrinter.Network few = OpenedPrinter.network(vertx, 0)) {
            Throwable failure = null;
            int opened = 0;
            while (failure == null) {
                Future<BoundedWebSocket> next = open(few.open(server.port()), LIMIT);
                Await.until("the attempt ends", next::isComplete);
                failure = next.cause();
                opened++;
            }

            assertThat(failure).isInstanceOf(WebSocketUnavailableException.class);
            assertThat(opened).as("of 16 connections, one is left for polls").isEqualTo(16);
        }
    }

    private Future<BoundedWebSocket> open(OpenedPrinter printer, Duration limit) {
        return printer.on(
                () -> printer.http().openWebSocket("/websocket", Map.of("X-Api-Key", "k3y"), limit, received));
    }

    private static FailureReason reason(Throwable failure) {
        return ((PrinterException) failure).failure().reason();
    }

    private static void flood(NetSocket socket, Buffer piece) {
        socket.write(piece).onSuccess(written -> flood(socket, piece));
    }

    private interface OnMessage {
        void accept(NetSocket socket, Message message);
    }

    /** Accepts web sockets and reacts to each message. */
    private HostileServer webSocket(OnMessage reaction) {
        WebSocketCodec codec = WebSocketCodec.server(4 * 1024 * 1024);
        return HostileServer.start(vertx, new NetServerOptions(), socket -> {}, (socket, bytes) -> {
            if (bytes.toString().startsWith("GET ")) {
                accept(socket, bytes.toString(), null);
            } else {
                codec.decode(bytes).forEach(message -> reaction.accept(socket, message));
            }
        });
    }

    /** Accepts a web socket and then does something, also in the packet of the handshake. */
    private HostileServer server(Consumer<NetSocket> afterwards, @Nullable String first) {
        return HostileServer.start(vertx, new NetServerOptions(), socket -> {}, (socket, bytes) -> {
            if (bytes.toString().startsWith("GET ")) {
                accept(socket, bytes.toString(), first);
                afterwards.accept(socket);
            }
        });
    }

    private void accept(NetSocket socket, String request, @Nullable String first) {
        requests.add(request);
        int at = request.toLowerCase(Locale.ROOT).indexOf(KEY_FIELD) + KEY_FIELD.length();
        String key = request.substring(at, request.indexOf("\r\n", at));
        Buffer answer = Buffer.buffer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + WebSocketHandshake.accept(key) + "\r\n\r\n");
        socket.write(first == null ? answer : answer.appendBuffer(frame(first)));
    }

    private static Buffer frame(String text) {
        return encoded(Message.text(text));
    }

    /** As a server sends it. */
    private static Buffer encoded(Message message) {
        WebSocketCodec codec = WebSocketCodec.server(4 * 1024 * 1024);
        Buffer bytes = codec.encode(message);
        codec.close();
        return bytes;
    }
}
