package io.github.printer2mqtt.hostile;

import io.github.printer2mqtt.hostile.HostileBehaviour.Endpoint;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.websocket.WebSocketCodec;
import io.github.printer2mqtt.net.websocket.WebSocketCodec.Message;
import io.github.printer2mqtt.net.websocket.WebSocketHandshake;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/** Building blocks of hostile printers with a web socket: servers that react to its handshake, and answer by HTTP. */
final class WebSocketFaultServer {
    private static final String KEY_FIELD = "sec-websocket-key: ";
    private static final int MAX_BYTES = 64 * 1024;

    private WebSocketFaultServer() {}

    /** Accepts web sockets and then does something. */
    static Function<Vertx, Endpoint> accepts(Buffer byHttp, Consumer<NetSocket> deed) {
        return accepts(request -> byHttp, deed);
    }

    /** @param byHttp the answer to a request that is not for a web socket */
    static Function<Vertx, Endpoint> accepts(Function<String, Buffer> byHttp, Consumer<NetSocket> deed) {
        return handshakes(byHttp, (socket, key) -> {
            SocketFaults.write(socket, accepted(WebSocketHandshake.accept(key), ""));
            deed.accept(socket);
        });
    }

    /** Accepts web sockets, answers Moonraker's calls there like an idle printer, and does something after a subscription. */
    static Function<Vertx, Endpoint> subscribes(Buffer byHttp, Consumer<NetSocket> deed) {
        return accepts(byHttp, socket -> {
            WebSocketCodec codec = WebSocketCodec.server(MAX_BYTES);
            socket.handler(bytes -> {
                try {
                    codec.decode(bytes).stream()
                            .filter(message -> message.kind() == WebSocketCodec.Kind.TEXT)
                            .forEach(message -> answer(socket, new JsonObject(message.payload()), deed));
                } catch (PrinterException e) {
                    socket.close();
                }
            });
        });
    }

    private static void answer(NetSocket socket, JsonObject call, Consumer<NetSocket> deed) {
        JsonObject idle = new JsonObject(HostileAnswers.IDLE).getJsonObject("result");
        String method = call.getString("method");
        JsonObject result = switch (method) {
            case "printer.objects.subscribe" -> idle;
            case "printer.objects.list" ->
                new JsonObject()
                        .put(
                                "objects",
                                new JsonArray(
                                        List.copyOf(idle.getJsonObject("status").fieldNames())));
            default -> new JsonObject();
        };
        SocketFaults.write(
                socket,
                text(new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("result", result)
                        .put("id", call.getValue("id"))
                        .encode()));
        if (method.equals("printer.objects.subscribe")) {
            deed.accept(socket);
        }
    }

    /** Reacts to a request for a web socket and its key. */
    interface OnHandshake {
        void accept(NetSocket socket, String key);
    }

    static Function<Vertx, Endpoint> handshakes(Buffer byHttp, OnHandshake reaction) {
        return handshakes(request -> byHttp, reaction);
    }

    private static Function<Vertx, Endpoint> handshakes(Function<String, Buffer> byHttp, OnHandshake reaction) {
        return SocketFaults.on((socket, request, n) -> {
            int field = request.toLowerCase(Locale.ROOT).indexOf(KEY_FIELD);
            if (field < 0) {
                SocketFaults.write(socket, byHttp.apply(request));
            } else {
                int at = field + KEY_FIELD.length();
                reaction.accept(socket, request.substring(at, request.indexOf("\r\n", at)));
            }
        });
    }

    /** @param more header fields, each with its end of line */
    static Buffer accepted(String accept, String more) {
        return Buffer.buffer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept + "\r\n" + more + "\r\n");
    }

    /** A text message. */
    static Buffer text(String text) {
        return encoded(WebSocketCodec.server(MAX_BYTES), Message.text(text));
    }

    /** A text message in a frame that only a client may send. */
    static Buffer masked(String text) {
        return encoded(WebSocketCodec.client(MAX_BYTES), Message.text(text));
    }

    static Buffer message(WebSocketCodec.Kind kind, String payload) {
        return encoded(WebSocketCodec.server(MAX_BYTES), new Message(kind, Buffer.buffer(payload)));
    }

    private static Buffer encoded(WebSocketCodec codec, Message message) {
        Buffer bytes = codec.encode(message);
        codec.close();
        return bytes;
    }

    /** Sends the same bytes without end. */
    static Consumer<NetSocket> floods(Buffer bytes) {
        Buffer piece = Buffer.buffer();
        while (piece.length() < MAX_BYTES) {
            piece.appendBuffer(bytes);
        }
        return socket -> SocketFaults.flood(socket, piece);
    }

    static Consumer<NetSocket> sends(Buffer bytes) {
        return socket -> SocketFaults.write(socket, bytes);
    }
}
