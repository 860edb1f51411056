package io.github.printer2mqtt.hostile;

import static io.github.printer2mqtt.hostile.HostileAnswers.IDLE;
import static io.github.printer2mqtt.hostile.HostileAnswers.json;
import static io.github.printer2mqtt.hostile.HostileBehaviour.offline;
import static io.github.printer2mqtt.hostile.HostileBehaviour.shown;
import static io.github.printer2mqtt.hostile.WebSocketFaultServer.accepted;
import static io.github.printer2mqtt.hostile.WebSocketFaultServer.accepts;
import static io.github.printer2mqtt.hostile.WebSocketFaultServer.floods;
import static io.github.printer2mqtt.hostile.WebSocketFaultServer.handshakes;
import static io.github.printer2mqtt.hostile.WebSocketFaultServer.message;
import static io.github.printer2mqtt.hostile.WebSocketFaultServer.sends;
import static io.github.printer2mqtt.hostile.WebSocketFaultServer.subscribes;
import static io.github.printer2mqtt.hostile.WebSocketFaultServer.text;

import io.github.printer2mqtt.hostile.HostileBehaviour.Endpoint;
import io.github.printer2mqtt.net.websocket.WebSocketCodec.Kind;
import io.github.printer2mqtt.net.websocket.WebSocketHandshake;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Printers whose web socket breaks its protocol or is abused. By HTTP most of them are idle, which the bridge must find. */
final class BrokenWebSockets {
    private static final Buffer BY_HTTP = json(IDLE);
    private static final Buffer NOTHING = Buffer.buffer();
    private static final String CHANGE =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notify_status_update\",\"params\":[{\"extruder\":{\"temperature\":210.3}},1.0]}";

    /** The first frame of a text message that goes on. */
    private static final Buffer FRAGMENT = bytes(0x01, 0x01, 'a');

    private static final Buffer CONTINUATION = bytes(0x00, 0x01, 'a');

    private BrokenWebSockets() {}

    static List<HostileBehaviour> all() {
        return Stream.of(handshake(), frames(), messages(), afterSubscription(), octoPrint())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HostileBehaviour> handshake() {
        return List.of(
                shown(
                        "idle",
                        "accepts a web socket with a wrong key",
                        handshakes(BY_HTTP, (socket, key) -> SocketFaults.write(socket, accepted("AAAA", "")))),
                shown(
                        "idle",
                        "accepts a web socket without a key",
                        handshakes(
                                BY_HTTP,
                                (socket, key) ->
                                        SocketFaults.write(socket, "HTTP/1.1 101 Switching Protocols\r\n\r\n"))),
                shown(
                        "idle",
                        "compresses its web socket unasked",
                        handshakes(
                                BY_HTTP,
                                (socket, key) -> SocketFaults.write(
                                        socket,
                                        accepted(
                                                WebSocketHandshake.accept(key),
                                                "Sec-WebSocket-Extensions: permessage-deflate\r\n")))),
                shown("idle", "never stops sending headers of its web socket", handshakes(BY_HTTP, (socket, key) -> {
                    SocketFaults.write(socket, "HTTP/1.1 101 Switching Protocols\r\n");
                    SocketFaults.flood(socket, Buffer.buffer("X-A: 1\r\n".repeat(100)));
                })),
                shown("idle", "closes its web socket at once", accepts(BY_HTTP, NetSocket::close)),
                offline("timeout", "accepts a web socket and is silent", accepts(NOTHING, socket -> {})),
                shown("idle", "is silent over its web socket only", accepts(BY_HTTP, socket -> {})));
    }

    private static List<HostileBehaviour> frames() {
        return List.of(
                shown(
                        "idle",
                        "announces a frame of 8 EiB",
                        accepts(BY_HTTP, sends(bytes(0x81, 0x7f, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)))),
                shown("idle", "stops amid a frame", accepts(BY_HTTP, sends(bytes(0x81, 0x7e, 0x40, 0x00, '{')))),
                shown("idle", "never ends a message of small frames", accepts(BY_HTTP, socket -> {
                    SocketFaults.write(socket, FRAGMENT);
                    floods(CONTINUATION).accept(socket);
                })),
                shown("idle", "sends frames with unknown codes", accepts(BY_HTTP, sends(bytes(0x83, 0x01, 'a')))),
                shown("idle", "sends frames with reserved bits", accepts(BY_HTTP, sends(bytes(0xf1, 0x01, 'a')))),
                shown("idle", "masks its frames", accepts(BY_HTTP, sends(WebSocketFaultServer.masked(CHANGE)))),
                shown("idle", "sends a long ping", accepts(BY_HTTP, sends(bytes(0x89, 0x7e, 0x01, 0x00)))),
                shown("idle", "floods with pings", accepts(BY_HTTP, floods(message(Kind.PING, "ping")))),
                shown("idle", "sends a close frame", accepts(BY_HTTP, sends(message(Kind.CLOSE, "")))),
                shown("idle", "sends binary messages only", accepts(BY_HTTP, floods(message(Kind.BINARY, CHANGE)))));
    }

    private static List<HostileBehaviour> messages() {
        return List.of(
                shown("idle", "sends no JSON over its web socket", accepts(BY_HTTP, sends(text("hello")))),
                shown("idle", "floods with changes that were not requested", accepts(BY_HTTP, floods(text(CHANGE)))),
                shown("idle", "nests its messages deeply", accepts(BY_HTTP, sends(text("[".repeat(20_000))))),
                shown(
                        "idle",
                        "answers calls that were not made",
                        accepts(BY_HTTP, floods(text("{\"jsonrpc\":\"2.0\",\"result\":{},\"id\":99}")))));
    }

    private static List<HostileBehaviour> afterSubscription() {
        return List.of(
                shown("idle", "floods with changes", subscribes(BY_HTTP, floods(text(CHANGE)))),
                shown("idle", "subscribes and floods with pings", subscribes(BY_HTTP, floods(message(Kind.PING, "")))),
                shown("idle", "subscribes and is silent", subscribes(BY_HTTP, BrokenWebSockets::fallSilent)),
                shown("idle", "subscribes and closes each time", subscribes(BY_HTTP, NetSocket::close)),
                shown("idle", "reports changes of other types", subscribes(BY_HTTP, sends(nonsense()))));
    }

    private static List<HostileBehaviour> octoPrint() {
        return List.of(
                shown("idle", "never answers a login", octoPrint(NOTHING)).by("octoprint"),
                shown(
                                "idle",
                                "logs in and sends no status",
                                octoPrint(json("{\"name\":\"bridge\",\"session\":\"5e551011\"}")))
                        .by("octoprint"));
    }

    /** Idle by HTTP; its web socket opens and says nothing. */
    private static Function<Vertx, Endpoint> octoPrint(Buffer login) {
        Buffer job = json("{\"state\":\"Operational\",\"job\":{},\"progress\":{}}");
        return accepts(request -> request.startsWith("POST /api/login ") ? login : job, socket -> {});
    }

    /** Reads on, but answers nothing any more. */
    private static void fallSilent(NetSocket socket) {
        socket.handler(bytes -> {});
    }

    private static Buffer nonsense() {
        String change = "{\"method\":\"notify_status_update\",\"params\":";
        return text(change + "[{\"extruder\":{\"temperature\":\"hot\",\"target\":1e999}},1.0]}")
                .appendBuffer(text(change + "[{\"extruder\":[1],\"heater_bed\":{\"temperature\":-1e300}}]}"))
                .appendBuffer(text(change + "[[],{}]}"))
                .appendBuffer(text(change + "{\"extruder\":{\"temperature\":5}}}"));
    }

    private static Buffer bytes(int... values) {
        Buffer bytes = Buffer.buffer();
        for (int value : values) {
            bytes.appendByte((byte) value);
        }
        return bytes;
    }
}
