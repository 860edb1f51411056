package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.PrinterException.Delivery;
import io.github.printer2mqtt.net.line.LineExchange;
import io.github.printer2mqtt.net.line.ReplyEnd;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Future;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of text to servers that keep the protocol or break it. */
class LineConnectionsTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    /** A reply ends with ok; without one it ends when the server is silent after a line of three letters. */
    private static final ReplyEnd END = new ReplyEnd() {
        @Override
        public Verdict after(List<String> lines) {
            String last = lines.get(lines.size() - 1);
            return last.equals("ok")
                    ? Verdict.COMPLETE
                    : last.length() == 3 ? Verdict.COMPLETE_IF_SILENT : Verdict.OPEN;
        }

        @Override
        public Duration silence() {
            return Duration.ofMillis(50);
        }
    };

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final OpenedPrinter.Network network = OpenedPrinter.network(instance.vertx());
    private final List<String> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeNetwork() {
        network.close();
    }

    @Test
    void repliesFollowEachOtherOverOneConnectionThatIsClosedAfterwards() {
        try (HostileServer server = server((socket, line) -> socket.write(line + "\r\nGrüße \r\n\r\n \r\nok\r\n"))) {
            OpenedPrinter printer = open(server);

            List<List<String>> replies = Await.done(printer.on(() -> printer.http()
                    .overLines(
                            LONG,
                            lines -> lines.send("first", END)
                                    .compose(first ->
                                            lines.send("second", END).map(second -> List.of(first, second))))));

            assertThat(replies).containsExactly(List.of("first", "Grüße", "ok"), List.of("second", "Grüße", "ok"));
            assertThat(received).containsExactly("first\r\n", "second\r\n");
            Await.until("the connection is closed", () -> server.openSockets() == 0);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void replyWithoutAnEndIsCompleteOnceTheServerIsSilent() {
        try (HostileServer server = server((socket, line) -> socket.write("one\ntwo\n"))) {
            assertThat(Await.done(ask(server, LONG))).containsExactly("one", "two");
        }
    }

    @Test
    void lineThatHasBegunIsNoEnd() {
        try (HostileServer server = server((socket, line) -> {
            socket.write("one\nt");
            instance.vertx().setTimer(200, later -> socket.write("wo\nok\n"));
        })) {
            assertThat(Await.done(ask(server, LONG))).containsExactly("one", "two", "ok");
        }
    }

    @Test
    void whatComesWithoutARequestIsDropped() {
        try (HostileServer server = HostileServer.start(
                instance.vertx(),
                new NetServerOptions(),
                socket -> {},
                (socket, bytes) -> socket.write("reply\nok\nmore\nok\n"))) {
            OpenedPrinter printer = open(server);

            Future<List<String>> second = printer.on(() -> printer.http()
                    .overLines(LONG, lines -> lines.send("a", END).compose(first -> lines.send("b", END))));

            assertThat(Await.done(second)).containsExactly("reply", "ok");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"long", "many", "flood"})
    void whatIsTooMuchClosesTheConnection(String what) {
        String bytes = switch (what) {
            case "long" -> "x".repeat(1025);
            case "many" -> "a\n".repeat(1001);
            default -> ("y".repeat(1000) + "\n").repeat(66);
        };
        try (HostileServer server = server((socket, line) -> socket.write(bytes))) {
            assertThat(reason(ask(server, LONG))).isEqualTo(FailureReason.TOO_LARGE);
            Await.until("the connection is closed", () -> server.openSockets() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "half a li", "a whole line\n"})
    void serverThatStallsIsClosedAtTheDeadline(String first) {
        try (HostileServer server = server((socket, line) -> socket.write(first))) {
            assertThat(reason(ask(server, SHORT))).isEqualTo(FailureReason.TIMEOUT);
            Await.until("the connection is closed", () -> server.openSockets() == 0);
        }
    }

    @Test
    void serverThatDripsIsClosedAtTheDeadline() {
        try (HostileServer server = server((socket, line) -> instance.vertx()
                .setPeriodic(
                        20,
                        timer -> socket.write("drip\n")
                                .onFailure(gone -> instance.vertx().cancelTimer(timer))))) {
            assertThat(reason(ask(server, SHORT))).isEqualTo(FailureReason.TIMEOUT);
            Await.until("the connection is closed", () -> server.openSockets() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "half a li", "a whole line\n"})
    void serverThatClosesIsUnreadable(String first) {
        try (HostileServer server =
                server((socket, line) -> socket.write(first).onComplete(written -> socket.close()))) {
            PrinterException failure = failure(ask(server, LONG));

            assertThat(failure.failure().reason()).isEqualTo(FailureReason.UNREADABLE);
            assertThat(failure.delivery()).isEqualTo(Delivery.POSSIBLE);
        }
    }

    @Test
    void closedPortIsRefusedAndNothingWasSent() {
        OpenedPrinter printer = network.open(Ports.free());

        PrinterException failure = failure(ask(printer, LONG));

        assertThat(failure.failure().reason()).isEqualTo(FailureReason.REFUSED);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
    }

    @Test
    void addressWithTlsIsNotReadWithoutIt() {
        OpenedPrinter printer = network.open("https://127.0.0.1:" + Ports.free(), null);

        assertThat(reason(ask(printer, LONG))).isEqualTo(FailureReason.TLS);
    }

    @Test
    void thereIsOneConnectionAtATimeAndALimitOfThoseThatWait() {
        List<NetSocket> waiting = new CopyOnWriteArrayList<>();
        try (HostileServer server = server((socket, line) -> waiting.add(socket))) {
            OpenedPrinter printer = open(server);
            List<Future<List<String>>> asked = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                asked.add(ask(printer, LONG));
            }
            assertThat(reason(ask(printer, LONG))).isEqualTo(FailureReason.BUSY);

            for (int i = 0; i < 5; i++) {
                int turn = i;
                Await.until("it is its turn", () -> waiting.size() == turn + 1);
                assertThat(server.connections()).isEqualTo(turn + 1);
                waiting.get(turn).write("ok\n");
                assertThat(Await.done(asked.get(turn))).containsExactly("ok");
            }
        }
    }

    @Test
    void closingFailsWhatRunsAndWhatWaits() {
        try (HostileServer server = server((socket, line) -> {})) {
            OpenedPrinter printer = open(server);
            Future<List<String>> runs = ask(printer, LONG);
            Future<List<String>> waits = ask(printer, LONG);
            Await.until("it is sent", () -> !received.isEmpty());

            printer.context().runOnContext(now -> printer.http().close());

            assertThat(Await.failure(runs)).isInstanceOf(Exchange.AbortedException.class);
            assertThat(Await.failure(waits)).isInstanceOf(Exchange.AbortedException.class);
            Await.until("the connection is closed", () -> server.openSockets() == 0);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void whatTheCallerMakesOfAFailureIsTheResult() {
        try (HostileServer server = server((socket, line) -> {})) {
            OpenedPrinter printer = open(server);

            Future<String> recovered = printer.on(() -> printer.http()
                    .overLines(
                            SHORT,
                            lines -> lines.send("a", END)
                                    .map(reply -> "answered")
                                    .recover(late -> Future.succeededFuture("late"))));

            assertThat(Await.done(recovered)).isEqualTo("late");
        }
    }

    private HostileServer server(BiConsumer<NetSocket, String> onLine) {
        return HostileServer.start(instance.vertx(), new NetServerOptions(), socket -> {}, (socket, bytes) -> {
            received.add(bytes.toString());
            onLine.accept(socket, bytes.toString().strip());
        });
    }

    private OpenedPrinter open(HostileServer server) {
        return network.open(server.port());
    }

    private Future<List<String>> ask(HostileServer server, Duration limit) {
        return ask(open(server), limit);
    }

    private static Future<List<String>> ask(OpenedPrinter printer, Duration limit) {
        return printer.on(() -> printer.http().overLines(limit, lines -> send(lines)));
    }

    private static Future<List<String>> send(LineExchange lines) {
        return lines.send("status", END);
    }

    private static FailureReason reason(Future<?> future) {
        return failure(future).failure().reason();
    }

    private static PrinterException failure(Future<?> future) {
        return (PrinterException) Await.failure(future);
    }
}
