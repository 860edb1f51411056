package io.github.printer2mqtt.net.lan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.net.lan.LanExchange.Limits;
import io.github.printer2mqtt.net.lan.LanExchange.Result;
import io.github.printer2mqtt.net.lan.LanQuestion.Ask;
import io.github.printer2mqtt.net.lan.LanQuestion.Destination;
import io.github.printer2mqtt.net.lan.LanQuestion.Listen;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.UdpMachine;
import io.github.printer2mqtt.testing.VertxInstance;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Machines on 127.0.0.0/8 that answer, announce themselves, or flood. */
@Timeout(60)
class LanExchangeTest {
    private static final LanInterface LOOPBACK = new LanInterface(
            "lo", (Inet4Address) InetAddress.getLoopbackAddress(), 8, InetAddress.getLoopbackAddress());
    private static final Buffer HELLO = Buffer.buffer("hello");

    @RegisterExtension
    private final VertxInstance vertx = new VertxInstance();

    private static Limits limits(Duration window) {
        return new Limits(window, Duration.ofMillis(50), 20, 5);
    }

    private Future<Result> run(Limits limits, LanQuestion question, UnaryOperator<SocketAddress> translation) {
        LanExchange exchange = new LanExchange(vertx.vertx(), limits, translation);
        return ContextExecutor.ofCurrent(vertx.vertx()).call(() -> exchange.run(List.of(LOOPBACK), question));
    }

    private static UnaryOperator<SocketAddress> to(int port) {
        return address -> SocketAddress.inetSocketAddress(port, "127.0.0.1");
    }

    @Test
    void questionIsSentTwiceAndAnswersAreCollected() {
        try (UdpMachine printer = new UdpMachine("127.0.0.2").answering(HELLO)) {
            Ask ask = new Ask(List.of(Destination.broadcast(3000)), from -> Buffer.buffer("who"));

            Result result = Await.done(run(
                    limits(Duration.ofSeconds(2)),
                    ask,
                    address -> SocketAddress.inetSocketAddress(printer.port(), "127.0.0.2")));

            assertThat(printer.questions()).containsExactly(Buffer.buffer("who"), Buffer.buffer("who"));
            assertThat(result.datagrams())
                    .extracting(each -> each.sender().getHostAddress() + " " + each.content())
                    .containsExactly("127.0.0.2 hello", "127.0.0.2 hello");
            assertThat(result.isComplete()).isTrue();
            assertThat(result.problems()).isEmpty();
        }
    }

    @Test
    void oneMachineCannotUseUpTheLimitOfAll() {
        int port = UdpMachine.freePort();
        try (UdpMachine flood = new UdpMachine("127.0.0.2");
                UdpMachine printer = new UdpMachine("127.0.0.3")) {
            Future<Result> running = run(limits(Duration.ofSeconds(2)), new Listen(2021, null), to(port));
            Await.until("it listens", () -> UdpMachine.isBound(port));

            for (int i = 0; i < 100; i++) {
                flood.send(Buffer.buffer("me"), port);
            }
            printer.send(HELLO, port);

            Result result = Await.done(running);
            assertThat(result.datagrams()).hasSize(6);
            assertThat(result.datagrams().get(5).content()).isEqualTo(HELLO);
            assertThat(result.isComplete()).isFalse();
            // The selector of the event loop frees the port of a closed socket, at its next round.
            Await.until("the port is free", () -> !UdpMachine.isBound(port));
        }
    }

    @Test
    void portOfAnotherProgramIsAProblemInOneLine() throws IOException {
        try (DatagramSocket other = new DatagramSocket(null)) {
            other.setReuseAddress(false);
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

            Result result =
                    Await.done(run(limits(Duration.ofMillis(50)), new Listen(2021, null), to(other.getLocalPort())));

            assertThat(result.problems()).singleElement().asString().startsWith("cannot listen at UDP port 2021: ");
            assertThat(result.datagrams()).isEmpty();
        }
    }

    @Test
    void longDatagramIsCut() {
        int port = UdpMachine.freePort();
        try (UdpMachine printer = new UdpMachine("127.0.0.2")) {
            Future<Result> running = run(limits(Duration.ofSeconds(1)), new Listen(2021, null), to(port));
            Await.until("it listens", () -> UdpMachine.isBound(port));

            printer.send(Buffer.buffer(new byte[60_000]), port);

            assertThat(Await.done(running).datagrams())
                    .singleElement()
                    .satisfies(each -> assertThat(each.content().length()).isEqualTo(2048));
        }
    }
}
