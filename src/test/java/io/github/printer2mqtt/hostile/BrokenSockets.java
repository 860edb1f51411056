package io.github.printer2mqtt.hostile;

import static io.github.printer2mqtt.hostile.HostileAnswers.IDLE;
import static io.github.printer2mqtt.hostile.HostileAnswers.OK;
import static io.github.printer2mqtt.hostile.HostileBehaviour.offline;
import static io.github.printer2mqtt.hostile.HostileBehaviour.shown;
import static io.github.printer2mqtt.hostile.SocketFaults.ABRUPT;

import io.github.printer2mqtt.hostile.HostileBehaviour.Place;
import io.github.printer2mqtt.simulator.server.BlackHole;
import io.github.printer2mqtt.testing.Ports;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;

/** Rogues that break the connection, or never get to use it. */
final class BrokenSockets {
    private static final String HALF_HEAD = "HTTP/1.1 200 OK\r\nContent-Ty";
    private static final String HALF_BODY = OK + "Content-Length: 1000\r\n\r\n{\"result\":";

    private BrokenSockets() {}

    static List<HostileBehaviour> all() {
        return List.of(
                offline("timeout", "accepts and says nothing", SocketFaults.says("")),
                offline("timeout", "drops every packet", vertx -> hole()),
                offline("refused", "is not there", vertx -> nowhere("127.0.0.1:" + Ports.free())),
                offline("dns", "has a name that nobody knows", vertx -> nowhere("no-such-printer.invalid")),
                offline("unreadable", "hangs up at once", SocketFaults.onConnect(SocketFaults.PLAIN, NetSocket::close)),
                offline("unreadable", "resets at once", SocketFaults.onConnect(ABRUPT, NetSocket::close)),
                offline("unreadable", "hangs up amid its head", SocketFaults.saysAndCloses(HALF_HEAD)),
                offline("unreadable", "resets amid its head", SocketFaults.saysAndResets(HALF_HEAD)),
                offline("unreadable", "hangs up amid its body", SocketFaults.saysAndCloses(HALF_BODY)),
                offline("unreadable", "resets amid its body", SocketFaults.saysAndResets(HALF_BODY)),
                offline("timeout", "stops amid its head", SocketFaults.says(HALF_HEAD)),
                offline("timeout", "stops amid its body", SocketFaults.says(HALF_BODY)),
                offline("timeout", "drips its head", SocketFaults.drips("HTTP/1.1 200 OK\r\nX-A: ", "a")),
                offline("timeout", "drips headers", SocketFaults.drips("HTTP/1.1 200 OK\r\n", "X-A: a\r\n")),
                offline("timeout", "drips its body", SocketFaults.drips(OK + "Content-Length: 100000\r\n\r\n", " ")),
                offline(
                        "timeout",
                        "drips chunks",
                        SocketFaults.drips(OK + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n")),
                offline(
                        "timeout",
                        "says 100 Continue for ever",
                        SocketFaults.drips("", "HTTP/1.1 100 Continue\r\n\r\n")),
                offline(
                        "unreadable",
                        "pours 100 Continue",
                        SocketFaults.pours("", "HTTP/1.1 100 Continue\r\n\r\n".repeat(100))),
                offline(
                        "timeout",
                        "gives early hints for ever",
                        SocketFaults.drips("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")),
                offline("timeout", "never ends a body without length", SocketFaults.says(OK + "\r\n" + IDLE)),
                shown(
                        "idle",
                        "ends its body by hanging up",
                        SocketFaults.saysAndCloses("HTTP/1.0 200 OK\r\n\r\n" + IDLE)),
                shown(
                        "idle",
                        "says close and never closes",
                        SocketFaults.says(HostileAnswers.http(OK + "Connection: close\r\n", IDLE))),
                shown("idle", "takes more than half its time", slow(600)),
                shown("idle", "closes a kept connection without a byte", closesEverySecond()));
    }

    private static Function<Vertx, Place> slow(long millis) {
        return SocketFaults.on((socket, question, n) -> Vertx.currentContext()
                .owner()
                .setTimer(millis, later -> SocketFaults.write(socket, HostileAnswers.json(IDLE))));
    }

    private static Function<Vertx, Place> closesEverySecond() {
        return SocketFaults.on((socket, question, n) -> {
            if (n > 1 && n % 2 == 0) {
                socket.close();
            } else {
                SocketFaults.write(socket, HostileAnswers.json(IDLE));
            }
        });
    }

    private static Place hole() {
        try {
            BlackHole hole = BlackHole.open();
            return new Elsewhere(hole.url(), () -> {
                try {
                    hole.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Place nowhere(String authority) {
        return new Elsewhere("http://" + authority, () -> {});
    }

    private record Elsewhere(String url, Runnable end) implements Place {
        @Override
        public int openSockets() {
            return 0;
        }

        @Override
        public int requests() {
            return 0;
        }

        @Override
        public void close() {
            end.run();
        }
    }
}
