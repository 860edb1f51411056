package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.websocket.BoundedWebSocket;
import io.github.printer2mqtt.net.websocket.WebSocketCodec.Kind;
import io.github.printer2mqtt.net.websocket.WebSocketCodec.Message;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Web sockets to servers that keep the protocol or break it. */
class WebSocketTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @RegisterExtension
    private final WebSocketFixture fixture = new WebSocketFixture();

    @Test
    void messagesPassInBothDirections() {
        try (HostileServer server = fixture.webSocket(
                (socket, message) -> socket.write(WebSocketFixture.frame("echo " + message.payload())))) {
            OpenedPrinter printer = fixture.network.open(server.port());
            BoundedWebSocket open = Await.done(fixture.open(printer, LIMIT));

            printer.context().runOnContext(now -> open.send("grün"));

            Await.until("the echo arrives", () -> fixture.received.messages.contains("echo grün"));
            assertThat(fixture.requests.get(0))
                    .startsWith("GET /websocket HTTP/1.1\r\n")
                    .containsIgnoringCase("host: 127.0.0.1:" + server.port())
                    .contains("X-Api-Key: k3y");
            printer.context().runOnContext(now -> printer.http().close());
            Await.until("the socket is closed", () -> server.openSockets() == 0);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(fixture.received.closed)
                    .as("closed by the bridge itself")
                    .isEmpty();
        }
    }

    @Test
    void messageThatArrivesWithTheHandshakeIsReceived() {
        try (HostileServer server = fixture.server(socket -> {}, "{\"first\":true}")) {
            Await.done(fixture.open(fixture.network.open(server.port()), LIMIT));

            Await.until("the message arrives", () -> fixture.received.messages.contains("{\"first\":true}"));
        }
    }

    @Test
    void onlyOneConnectionIsOpen() {
        try (HostileServer server = fixture.webSocket((socket, message) -> {})) {
            OpenedPrinter printer = fixture.network.open(server.port());
            Await.done(fixture.open(printer, LIMIT));

            Await.done(fixture.open(printer, LIMIT));

            Await.until("the first one is closed", () -> server.openSockets() == 1);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void messageAboveOneMebibyteIsTooLarge() {
        Message huge = Message.text("x".repeat(1024 * 1024 + 1));
        try (HostileServer server = fixture.server(socket -> socket.write(WebSocketFixture.encoded(huge)), null)) {
            Await.done(fixture.open(fixture.network.open(server.port()), LIMIT));

            assertThat(fixture.received.reason()).isEqualTo(FailureReason.TOO_LARGE);
            Await.until("the socket is closed", () -> server.openSockets() == 0);
        }
    }

    @Test
    void fragmentsAboveOneMebibyteAreTooLarge() {
        byte[] head = {0x01, 126, 0x7f, (byte) 0xff}; // text, not final, 32,767 bytes
        Buffer first = Buffer.buffer(head).appendString("x".repeat(32_767));
        Buffer next = first.copy().setByte(0, (byte) 0);
        try (HostileServer server = fixture.server(
                socket -> {
                    socket.write(first);
                    for (int i = 0; i < 33; i++) {
                        socket.write(next);
                    }
                },
                null)) {
            Await.done(fixture.open(fixture.network.open(server.port()), LIMIT));

            assertThat(fixture.received.reason()).isEqualTo(FailureReason.TOO_LARGE);
        }
    }

    @Test
    void connectionWithAnIncompleteMessageIsClosed() {
        Buffer beginning = Buffer.buffer(new byte[] {0x01, 0x01, 'a'});
        try (HostileServer server = fixture.server(socket -> socket.write(beginning), null)) {
            OpenedPrinter printer = fixture.network.open(server.port());
            Await.done(fixture.open(printer, LIMIT));

            printer.context().runOnContext(now -> printer.http().close());

            Await.until("the socket is closed", () -> server.openSockets() == 0);
        }
    }

    @Test
    void invalidFrameIsUnreadable() {
        try (HostileServer server = fixture.server(socket -> socket.write("HTTP/1.1 500 Oops\r\n\r\n"), null)) {
            Await.done(fixture.open(fixture.network.open(server.port()), LIMIT));

            assertThat(fixture.received.reason()).isEqualTo(FailureReason.UNREADABLE);
            Await.until("the socket is closed", () -> server.openSockets() == 0);
        }
    }

    @Test
    void closeOfTheServerIsReported() {
        try (HostileServer server =
                fixture.server(socket -> socket.write(WebSocketFixture.encoded(Message.control(Kind.CLOSE))), null)) {
            Await.done(fixture.open(fixture.network.open(server.port()), LIMIT));

            assertThat(fixture.received.reason()).isEqualTo(FailureReason.UNREADABLE);
            Await.until("the socket is closed", () -> server.openSockets() == 0);
            assertThat(fixture.received.closed).hasSize(1);
        }
    }

    @Test
    void pingIsAnswered() {
        List<Message> messages = new CopyOnWriteArrayList<>();
        try (HostileServer server = fixture.webSocket((socket, message) -> {
            messages.add(message);
            if (message.kind() == Kind.TEXT) {
                socket.write(WebSocketFixture.encoded(new Message(Kind.PING, Buffer.buffer("abc"))));
            }
        })) {
            OpenedPrinter printer = fixture.network.open(server.port());
            BoundedWebSocket open = Await.done(fixture.open(printer, LIMIT));

            printer.context().runOnContext(now -> open.send("ping me"));

            Await.until("the pong arrives", () -> messages.contains(new Message(Kind.PONG, Buffer.buffer("abc"))));
        }
    }
}
