package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.websocket.BoundedWebSocket;
import io.github.printer2mqtt.net.websocket.WebSocketCodec;
import io.github.printer2mqtt.net.websocket.WebSocketCodec.Message;
import io.github.printer2mqtt.net.websocket.WebSocketHandshake;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.TestResource;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client of web sockets, and servers that accept them. */
final class WebSocketFixture implements TestResource {
    private static final String KEY_FIELD = "sec-websocket-key: ";

    private final VertxInstance instance = new VertxInstance();

    final OpenedPrinter.Network network = OpenedPrinter.network(instance.vertx());
    final List<String> requests = new CopyOnWriteArrayList<>();
    final Received received = new Received();

    static final class Received implements BoundedWebSocket.Listener {
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

    Vertx vertx() {
        return instance.vertx();
    }

    @Override
    public void close() {
        network.close();
        instance.close();
    }

    Future<BoundedWebSocket> open(OpenedPrinter printer, Duration limit) {
        return printer.on(
                () -> printer.http().openWebSocket("/websocket", Map.of("X-Api-Key", "k3y"), limit, received));
    }

    static FailureReason reason(Throwable failure) {
        return ((PrinterException) failure).failure().reason();
    }

    interface OnMessage {
        void accept(NetSocket socket, Message message);
    }

    /** Accepts web sockets and reacts to each message. */
    HostileServer webSocket(OnMessage reaction) {
        WebSocketCodec codec = WebSocketCodec.server(4 * 1024 * 1024);
        return HostileServer.start(vertx(), new NetServerOptions(), socket -> {}, (socket, bytes) -> {
            if (bytes.toString().startsWith("GET ")) {
                accept(socket, bytes.toString(), null);
            } else {
                codec.decode(bytes).forEach(message -> reaction.accept(socket, message));
            }
        });
    }

    /** Accepts a web socket and then does something, also in the packet of the handshake. */
    HostileServer server(Consumer<NetSocket> afterwards, @Nullable String first) {
        return HostileServer.start(vertx(), new NetServerOptions(), socket -> {}, (socket, bytes) -> {
            if (bytes.toString().startsWith("GET ")) {
                accept(socket, bytes.toString(), first);
                afterwards.accept(socket);
            }
        });
    }

    void accept(NetSocket socket, String request, @Nullable String first) {
        requests.add(request);
        int at = request.toLowerCase(Locale.ROOT).indexOf(KEY_FIELD) + KEY_FIELD.length();
        String key = request.substring(at, request.indexOf("\r\n", at));
        Buffer answer = Buffer.buffer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + WebSocketHandshake.accept(key) + "\r\n\r\n");
        socket.write(first == null ? answer : answer.appendBuffer(frame(first)));
    }

    static Buffer frame(String text) {
        return encoded(Message.text(text));
    }

    /** As a server sends it. */
    static Buffer encoded(Message message) {
        WebSocketCodec codec = WebSocketCodec.server(4 * 1024 * 1024);
        Buffer bytes = codec.encode(message);
        codec.close();
        return bytes;
    }
}
