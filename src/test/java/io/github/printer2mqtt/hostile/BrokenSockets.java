package io.github.printer2mqtt.hostile;

import static io.github.printer2mqtt.hostile.HostileAnswers.IDLE;
import static io.github.printer2mqtt.hostile.HostileAnswers.OK;
import static io.github.printer2mqtt.hostile.HostileBehaviour.offline;
import static io.github.printer2mqtt.hostile.HostileBehaviour.shown;
import static io.github.printer2mqtt.hostile.SocketFaults.RESETTING;

import io.github.printer2mqtt.hostile.HostileBehaviour.Endpoint;
import io.github.printer2mqtt.simulator.server.BlackHole;
import io.github.printer2mqtt.testing.Ports;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Printers that break the connection or cannot be reached. */
final class BrokenSockets {
    private static final String HALF_HEAD = "HTTP/1.1 200 OK\r\nContent-Ty";
    private static final String HALF_BODY = OK + "Content-Length: 1000\r\n\r\n{\"result\":";

    private BrokenSockets() {}

    static List<HostileBehaviour> all() {
        return List.of(
                offline("timeout", "accepts and sends nothing", SocketFaults.responds("")),
                offline("timeout", "drops every packet", vertx -> blackHole()),
                offline("refused", "listens on no port", vertx -> unreachable("127.0.0.1:" + Ports.free())),
                offline("dns", "has an unknown name", vertx -> unreachable("no-such-printer.invalid")),
                offline("unreadable", "closes at once", SocketFaults.onConnect(SocketFaults.PLAIN, NetSocket::close)),
                offline("unreadable", "resets at once", SocketFaults.onConnect(RESETTING, NetSocket::close)),
                offline("unreadable", "closes amid its head", SocketFaults.respondsAndCloses(HALF_HEAD)),
                offline("unreadable", "resets amid its head", SocketFaults.respondsAndResets(HALF_HEAD)),
                offline("unreadable", "closes amid its body", SocketFaults.respondsAndCloses(HALF_BODY)),
                offline("unreadable", "resets amid its body", SocketFaults.respondsAndResets(HALF_BODY)),
                offline("timeout", "stops amid its head", SocketFaults.responds(HALF_HEAD)),
                offline("timeout", "stops amid its body", SocketFaults.responds(HALF_BODY)),
                offline("timeout", "drips its head", SocketFaults.drips("HTTP/1.1 200 OK\r\nX-A: ", "a")),
                offline("timeout", "drips headers", SocketFaults.drips("HTTP/1.1 200 OK\r\n", "X-A: a\r\n")),
                offline("timeout", "drips its body", SocketFaults.drips(OK + "Content-Length: 100000\r\n\r\n", " ")),
                offline(
                        "timeout",
                        "drips chunks",
                        SocketFaults.drips(OK + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n")),
                offline("timeout", "drips 100 Continue", SocketFaults.drips("", "HTTP/1.1 100 Continue\r\n\r\n")),
                offline(
                        "unreadable",
                        "floods with 100 Continue",
                        SocketFaults.floods("", "HTTP/1.1 100 Continue\r\n\r\n".repeat(100))),
                offline(
                        "timeout",
                        "drips early hints",
                        SocketFaults.drips("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")),
                offline("timeout", "never ends a body without length", SocketFaults.responds(OK + "\r\n" + IDLE)),
                shown(
                        "idle",
                        "ends its body by closing",
                        SocketFaults.respondsAndCloses("HTTP/1.0 200 OK\r\n\r\n" + IDLE)),
                shown(
                        "idle",
                        "announces close and never closes",
                        SocketFaults.responds(HostileAnswers.http(OK + "Connection: close\r\n", IDLE))),
                shown("idle", "takes more than half its time", slow(600)),
                shown("idle", "closes a kept connection without a byte", closesEverySecond()));
    }

    private static Function<Vertx, Endpoint> slow(long millis) {
        return SocketFaults.on((socket, request, n) -> Vertx.currentContext()
                .owner()
                .setTimer(millis, later -> SocketFaults.write(socket, HostileAnswers.json(IDLE))));
    }

    private static Function<Vertx, Endpoint> closesEverySecond() {
        AtomicInteger polls = new AtomicInteger();
        return SocketFaults.on((socket, request, n) -> {
            boolean isUpgrade = request.contains("Sec-WebSocket-Key");
            if (!isUpgrade && polls.incrementAndGet() % 2 == 0) {
                socket.close();
            } else {
                SocketFaults.write(socket, HostileAnswers.json(IDLE));
            }
        });
    }

    private static Endpoint blackHole() {
        try {
            BlackHole blackHole = BlackHole.open();
            return new Unreachable(blackHole.url(), () -> {
                try {
                    blackHole.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Endpoint unreachable(String authority) {
        return new Unreachable("http://" + authority, () -> {});
    }

    private record Unreachable(String url, Runnable end) implements Endpoint {
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
