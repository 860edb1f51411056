package io.github.printer2mqtt.hostile;

import static io.github.printer2mqtt.hostile.HostileBehaviour.offline;

import io.github.printer2mqtt.hostile.HostileBehaviour.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Printers that are brokers without encryption and break the protocol; see {@code elegoo-cc2}. */
final class BrokenPlainBrokers {
    static final String DRIVER = "elegoo-cc2";

    private static final Buffer ACCEPTED = bytes("20020000");
    private static final Buffer REFUSED = bytes("20020005");

    private BrokenPlainBrokers() {}

    static List<HostileBehaviour> all() {
        return Stream.of(
                        offline("timeout", "is a broker that sends nothing", SocketFaults.lines(socket -> {})),
                        offline("unreadable", "is a broker that closes at once", SocketFaults.lines(NetSocket::close)),
                        offline("auth", "is a broker that refuses the user", sends(REFUSED)),
                        offline("unreadable", "is a broker that accepts a login again and again", sends(ACCEPTED)),
                        offline("timeout", "is a broker that stops amid a packet", sends(bytes("2002"))),
                        offline(
                                "unreadable",
                                "is a broker that announces 200 MiB with the login",
                                sends(ACCEPTED.copy().appendBuffer(bytes("30ffffff7f0001")))))
                .map(hostile -> hostile.by(DRIVER))
                .toList();
    }

    private static Buffer bytes(String hex) {
        return Buffer.buffer(HexFormat.of().parseHex(hex));
    }

    private static Function<Vertx, Endpoint> sends(Buffer answer) {
        return SocketFaults.lines(socket -> SocketFaults.write(socket, answer));
    }

    /** The credentials of one of them. Each has its own serial number, because the bridge has one connection to each. */
    static JsonObject login(String id) {
        return new JsonObject()
                .put("username", "F01PLJ0" + id.replaceAll("\\D", ""))
                .put("password", "123456");
    }
}
