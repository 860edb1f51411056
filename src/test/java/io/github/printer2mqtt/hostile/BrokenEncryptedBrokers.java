package io.github.printer2mqtt.hostile;

import static io.github.printer2mqtt.hostile.HostileBehaviour.offline;
import static io.github.printer2mqtt.hostile.HostileBehaviour.shown;
import static io.github.printer2mqtt.hostile.MqttFaultServer.at;
import static io.github.printer2mqtt.hostile.MqttFaultServer.closes;
import static io.github.printer2mqtt.hostile.MqttFaultServer.floods;
import static io.github.printer2mqtt.hostile.MqttFaultServer.instead;
import static io.github.printer2mqtt.hostile.MqttFaultServer.isSilent;
import static io.github.printer2mqtt.hostile.MqttFaultServer.report;
import static io.github.printer2mqtt.hostile.MqttFaultServer.sends;
import static io.github.printer2mqtt.hostile.MqttFaultServer.subscribed;

import io.github.printer2mqtt.hostile.HostileBehaviour.Endpoint;
import io.github.printer2mqtt.hostile.MqttFaultServer.Deed;
import io.github.printer2mqtt.hostile.MqttFaultServer.Step;
import io.github.printer2mqtt.simulator.server.MqttPacket;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Printers that are encrypted MQTT brokers and stall, flood, break their protocol or their TLS; see {@code bambu}. */
final class BrokenEncryptedBrokers {
    private static final int MIB = 1024 * 1024;

    /** The head of a PUBLISH with a remaining length of 256 MiB. */
    private static final Buffer HUGE = Buffer.buffer(new byte[] {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0});

    /** A remaining length of five bytes, which MQTT forbids. */
    private static final Buffer ENDLESS_LENGTH =
            Buffer.buffer(new byte[] {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f});

    private static final Buffer PUBACK = Buffer.buffer(new byte[] {0x40, 2, 0, 9});
    private static final Buffer REFUSED = Buffer.buffer(new byte[] {0x20, 2, 0, 5});
    private static final String DELTA = "{\"print\":{\"command\":\"push_status\",\"msg\":1,\"bed_temper\":25}}";

    private BrokenEncryptedBrokers() {}

    static List<HostileBehaviour> all() {
        return Stream.of(encryption(), login(), status(), reports())
                .flatMap(List::stream)
                .map(hostile -> hostile.by("bambu"))
                .toList();
    }

    private static List<HostileBehaviour> encryption() {
        return List.of(
                offline(
                        "tls",
                        "is a broker without encryption",
                        instead(plain(socket -> SocketFaults.write(socket, "no encryption here\r\n")))),
                offline("timeout", "is a broker that stalls in the handshake", instead(plain(socket -> {}))),
                offline("tls", "is a broker that hangs up in the handshake", instead(plain(NetSocket::close))),
                offline(
                        "tls",
                        "is a broker with another certificate",
                        instead(SocketFaults.raw(
                                MqttFaultServer.otherCertificate(), "http", socket -> {}, socket -> {}))));
    }

    private static Function<Vertx, Endpoint> plain(Consumer<NetSocket> onBytes) {
        return SocketFaults.raw(SocketFaults.PLAIN, "http", socket -> {}, onBytes);
    }

    private static List<HostileBehaviour> login() {
        return List.of(
                offline("timeout", "never answers a login over MQTT", at(Step.LOGIN, isSilent())),
                offline("auth", "refuses a login over MQTT", at(Step.LOGIN, sends(REFUSED))),
                offline("unreadable", "drops its encrypted connection at the login", at(Step.LOGIN, closes())),
                offline("unreadable", "answers a login with a packet of 256 MiB", at(Step.LOGIN, sends(HUGE))),
                // HTTP begins like an acknowledgement of 84 bytes.
                offline(
                        "timeout",
                        "answers a login over MQTT with HTTP",
                        at(Step.LOGIN, sends(Buffer.buffer("HTTP/1.1 400 Bad Request\r\n\r\n")))),
                offline("auth", "closes at the subscription", at(Step.SUBSCRIPTION, closes())),
                offline(
                        "auth",
                        "refuses the subscription",
                        at(
                                Step.SUBSCRIPTION,
                                (socket, packet) -> SocketFaults.write(socket, subscribed(packet, 0x80)))),
                offline("timeout", "never acknowledges the subscription", at(Step.SUBSCRIPTION, isSilent())));
    }

    private static List<HostileBehaviour> status() {
        return List.of(
                offline("timeout", "never sends its whole status", at(Step.STATUS, isSilent())),
                offline("timeout", "sends changes only", at(Step.STATUS, reports(DELTA))),
                offline("timeout", "reports no JSON", at(Step.STATUS, reports("gcode_state=IDLE"))),
                offline(
                        "too_large",
                        "floods topics that were not subscribed",
                        at(
                                Step.STATUS,
                                floods(MqttPacket.publish(
                                        "device/other/report", Buffer.buffer(MqttFaultServer.IDLE))))),
                offline(
                        "unreadable",
                        "reports deeply nested JSON",
                        at(Step.STATUS, reports("{\"print\":" + "[".repeat(20_000)))),
                offline("timeout", "sends its status byte by byte", at(Step.STATUS, BrokenEncryptedBrokers::drip)));
    }

    private static List<HostileBehaviour> reports() {
        return List.of(
                idleThen(
                        "floods with reports",
                        (socket, request) -> MqttFaultServer.flood(socket, report(request, DELTA))),
                idleThen("floods with acknowledgements of nothing", floods(PUBACK)),
                idleThen("announces a report of 256 MiB", sends(HUGE)),
                idleThen("announces an endless report", sends(ENDLESS_LENGTH)),
                idleThen("sends no MQTT after its status", sends(Buffer.buffer("\u0000\u0000garbage"))),
                idleThen("drops its encrypted connection after each status", closes()),
                idleThen(
                        "stops amid a report",
                        (socket, request) -> SocketFaults.write(
                                socket, report(request, DELTA).getBuffer(0, 20))),
                idleThen("reports a text of 900 kB", reports(named("a".repeat(MIB - 150_000)))),
                idleThen(
                        "reports members of other types",
                        reports("{\"print\":{\"command\":\"push_status\",\"msg\":1,\"ams\":3,\"hms\":{\"a\":1},"
                                + "\"device\":[],\"nozzle_temper\":\"1e999\",\"mc_percent\":-5,\"bed_temper\":{}}}")));
    }

    private static String named(String file) {
        return "{\"print\":{\"command\":\"push_status\",\"msg\":1,\"subtask_name\":\"" + file + "\"}}";
    }

    private static HostileBehaviour idleThen(String name, Deed deed) {
        return shown("idle", name, at(Step.REPORTS, deed));
    }

    private static Deed reports(String payload) {
        return (socket, request) -> SocketFaults.write(socket, report(request, payload));
    }

    private static void drip(NetSocket socket, MqttPacket request) {
        Buffer bytes = report(request, MqttFaultServer.IDLE);
        Vertx here = Vertx.currentContext().owner();
        AtomicInteger next = new AtomicInteger();
        here.setPeriodic(500, timer -> {
            int now = next.getAndIncrement();
            if (now >= bytes.length()) {
                here.cancelTimer(timer);
            } else {
                socket.write(bytes.getBuffer(now, now + 1)).onFailure(gone -> here.cancelTimer(timer));
            }
        });
    }
}
