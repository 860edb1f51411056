package io.github.printer2mqtt.hostile;

import static io.github.printer2mqtt.hostile.HostileBehaviour.offline;
import static io.github.printer2mqtt.hostile.HostileBehaviour.shown;

import io.github.printer2mqtt.hostile.HostileBehaviour.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Printers with a protocol of text lines that break it; see {@code flashforge-tcp}. */
final class BrokenLines {
    private static final String DRIVER = "flashforge-tcp";
    private static final String HALF = "CMD M119 Received.\r\nMachineStatus: RE";
    private static final String READY = "CMD M119 Received.\r\nMachineStatus: READY\r\n";

    private BrokenLines() {}

    static List<HostileBehaviour> all() {
        return Stream.of(
                        offline("timeout", "accepts lines and sends nothing", SocketFaults.lines(socket -> {})),
                        offline("timeout", "stops amid a line", sends(HALF)),
                        offline("timeout", "stops before the end of its lines", sends(READY)),
                        offline("timeout", "drips a line", drips("CMD M119 Received.\r\nMachineStatus: ", "a")),
                        offline("timeout", "drips lines", drips("CMD M119 Received.\r\n", "LED: 1\r\n")),
                        offline("unreadable", "closes amid a line", sendsAndCloses(HALF)),
                        offline("unreadable", "closes before the end of its lines", sendsAndCloses(READY)),
                        offline("unreadable", "closes at every line", SocketFaults.lines(NetSocket::close)),
                        offline("too_large", "sends a line without end", floods("x".repeat(4096))),
                        offline("too_large", "floods with lines", floods("MachineStatus: READY\r\n".repeat(100))),
                        offline("too_large", "floods with empty lines", floods("\r\n".repeat(1000))),
                        offline("unreadable", "answers lines with HTTP", sends("HTTP/1.1 400 Bad Request\r\n\r\n")),
                        offline("unreadable", "answers every line with ok", sends("ok\r\n")),
                        offline("unreadable", "sends lines of NUL", sends("\0\0\0\r\nok\r\n")),
                        shown("idle", "sends all replies at once", sends(READY + "ok\r\n" + READY + "ok\r\nok\r\n")),
                        shown("busy", "has an unknown state and impossible numbers", sends("""
                                        CMD M119 Received.
                                        MachineStatus: BUILDINGX
                                        T0:99999999/-1 B:nan/nan
                                        SD printing byte 99999999999/0
                                        Layer: -1/99999999999
                                        ok
                                        """)))
                .map(hostile -> hostile.by(DRIVER))
                .toList();
    }

    private static Function<Vertx, Endpoint> sends(String bytes) {
        return SocketFaults.lines(socket -> SocketFaults.write(socket, bytes));
    }

    private static Function<Vertx, Endpoint> sendsAndCloses(String bytes) {
        return SocketFaults.lines(socket -> socket.write(bytes).onComplete(written -> socket.close()));
    }

    private static Function<Vertx, Endpoint> drips(String first, String piece) {
        return SocketFaults.lines(socket -> SocketFaults.drip(socket, first, piece));
    }

    private static Function<Vertx, Endpoint> floods(String piece) {
        return SocketFaults.lines(socket -> SocketFaults.flood(socket, Buffer.buffer(piece)));
    }
}
