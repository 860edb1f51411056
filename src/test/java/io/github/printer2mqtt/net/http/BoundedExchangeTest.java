package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A printer that misbehaves on the socket fails the exchange by its deadline. */
class BoundedExchangeTest {
    private static final Duration LIMIT = Duration.ofMillis(400);

    /** For tests in which the printer responds: a busy build machine must not look like a slow printer. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private static final String OK = "HTTP/1.1 200 OK";

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private PrinterNetwork network = network(Loopback.ALLOWED);

    private PrinterNetwork network(Loopback loopback) {
        return PrinterNetwork.create(vertx, new AddressPolicy(loopback, Set::of));
    }

    @AfterEach
    void closeEverything() {
        network.close();
    }

    static Stream<Arguments> misbehaviours() {
        return Stream.of(
                Arguments.of("silent", reaction(socket -> {}), FailureReason.TIMEOUT),
                Arguments.of("drips its body", reaction(BoundedExchangeTest::dripBody), FailureReason.TIMEOUT),
                Arguments.of("drips its header", reaction(BoundedExchangeTest::dripHeader), FailureReason.TIMEOUT),
                Arguments.of("never sends its body", reaction(s -> head(s, 10)), FailureReason.TIMEOUT),
                Arguments.of("sends 48 MiB", reaction(BoundedExchangeTest::flood), FailureReason.TOO_LARGE),
                Arguments.of("sends a huge header", reaction(BoundedExchangeTest::hugeHeader), FailureReason.TOO_LARGE),
                Arguments.of(
                        "speaks no HTTP",
                        reaction(s -> HostileServer.write(s, "SSH-2.0-x\r\n\r\n")),
                        FailureReason.UNREADABLE),
                Arguments.of("hangs up", reaction(NetSocket::close), FailureReason.UNREADABLE),
                Arguments.of("hangs up amid its body", reaction(BoundedExchangeTest::cut), FailureReason.UNREADABLE),
                Arguments.of(
                        "redirects",
                        reaction(HostileServer.answers("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/", "")),
                        FailureReason.REDIRECTED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviours")
    void failsWithAReasonByTheDeadlineAndClosesTheSocket(
            String what, Consumer<NetSocket> reaction, FailureReason reason) {
        try (HostileServer hostile = HostileServer.start(vertx, reaction)) {
            Client client = open(hostile.port());

            long begin = System.nanoTime();
            Throwable failure = Await.failure(client.get("/"));
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(failure).isInstanceOf(PrinterException.class);
            assertThat(((PrinterException) failure).failure().reason()).isEqualTo(reason);
            assertThat(took).isLessThan(LIMIT.plusSeconds(2));
            Await.until("no socket left", () -> hostile.openSockets() == 0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misbehaviours")
    void allowsTheNextExchangeAtOnceOverOneSocket(String what, Consumer<NetSocket> reaction, FailureReason reason) {
        try (HostileServer hostile = HostileServer.start(vertx, reaction)) {
            Client client = open(hostile.port());
            for (int i = 0; i < 3; i++) {
                Throwable failure = Await.failure(client.get("/"));
                assertThat(((PrinterException) failure).failure().reason()).isEqualTo(reason);
                Await.until("at most one socket is left", () -> hostile.openSockets() <= 1);
            }
        }
    }

    @Test
    void reportsARefusedConnection() {
        HostileServer hostile = HostileServer.start(vertx, socket -> {});
        int port = hostile.port();
        hostile.close();

        assertThat(Await.failure(open(port).get("/"))).hasMessage("refused");
    }

    @Test
    void reportsANameWithoutAddress() {
        Client client = open("no-such-host.invalid:80", LIMIT);

        assertThat(((PrinterException) Await.failure(client.get("/"))).failure().reason())
                .isEqualTo(FailureReason.DNS);
    }

    @Test
    void doesNotConnectToAForbiddenAddress() {
        try (HostileServer hostile = HostileServer.start(vertx, HostileServer.answers(OK, "{}"))) {
            network.close();
            network = network(Loopback.REFUSED);

            Throwable failure = Await.failure(open(hostile.port()).get("/"));

            assertThat(failure).hasMessageContaining("security.allow_loopback_printers");
            assertThat(hostile.connections()).isZero();
        }
    }

    @Test
    void rejectsATooLargeContentLengthAtTheHead() {
        try (HostileServer hostile = HostileServer.start(vertx, socket -> head(socket, 10L * 1024 * 1024 * 1024))) {
            Client client = openPatiently(hostile.port());

            assertThat(Await.failure(client.get("/"))).hasMessageStartingWith("too_large");
            Await.until("no socket left", () -> hostile.openSockets() == 0);
        }
    }

    @Test
    void requestsNoCompression() {
        AtomicReference<String> request = new AtomicReference<>("");
        try (HostileServer hostile =
                HostileServer.start(vertx, new NetServerOptions(), socket -> {}, (socket, bytes) -> {
                    request.set(bytes.toString());
                    HostileServer.answers(OK, "{}").accept(socket);
                })) {
            Await.done(openPatiently(hostile.port()).get("/x"));

            assertThat(request.get()).startsWith("GET /x HTTP/1.1\r\n").doesNotContainIgnoringCase("accept-encoding");
            assertThat(request.get()).containsIgnoringCase("host: 127.0.0.1:" + hostile.port());
        }
    }

    private static <T> Future<T> on(Context context, Supplier<Future<T>> work) {
        Promise<T> result = Promise.promise();
        context.runOnContext(now -> work.get().onComplete(result));
        return result.future();
    }

    @Test
    void sharesOneDeadlineBetweenTheRequestsOfAReading() {
        AtomicInteger received = new AtomicInteger();
        Consumer<NetSocket> slow = socket -> {
            received.incrementAndGet();
            vertx.setTimer(150, later -> HostileServer.answers(OK, "{}").accept(socket));
        };
        try (HostileServer hostile = HostileServer.start(vertx, slow)) {
            Client client = open(hostile.port());
            Future<PrinterResponse> five = client.on(() -> client.http.within(LIMIT, exchange -> {
                Future<PrinterResponse> last = exchange.send(PrinterRequest.get("/1", Map.of()));
                for (int i = 2; i <= 5; i++) {
                    String path = "/" + i;
                    last = last.compose(answer -> exchange.send(PrinterRequest.get(path, Map.of())));
                }
                return last;
            }));

            assertThat(Await.failure(five)).isInstanceOf(PrinterException.class).hasMessageStartingWith("timeout");
            assertThat(received.get()).isLessThan(5);
            Await.until("no socket left", () -> hostile.openSockets() == 0);
        }
    }

    @Test
    void abortsRunningExchangesOnClose() {
        try (HostileServer hostile = HostileServer.start(vertx, socket -> {})) {
            Client client = open(hostile.port());
            Future<PrinterResponse> poll = client.get("/");
            Await.until("a socket", () -> hostile.openSockets() == 1);

            client.context.runOnContext(now -> client.http.close());

            assertThat(Await.failure(poll)).isInstanceOf(Exchange.AbortedException.class);
            Await.until("no socket left", () -> hostile.openSockets() == 0);
        }
    }

    private Client open(int port) {
        return open("127.0.0.1:" + port, LIMIT);
    }

    private Client openPatiently(int port) {
        return open("127.0.0.1:" + port, PATIENT);
    }

    private Client open(String address, Duration limit) {
        Context context = vertx.getOrCreateContext();
        Promise<PrinterHttp> opened = Promise.promise();
        context.runOnContext(
                now -> opened.complete(network.open(AddressText.parse(address).withDefaultPort(80), null)));
        return new Client(context, Await.done(opened.future()), limit);
    }

    /** A client and its event loop. */
    private record Client(Context context, PrinterHttp http, Duration limit) {
        Future<PrinterResponse> get(String path) {
            return send(PrinterRequest.get(path, Map.of()));
        }

        Future<PrinterResponse> send(PrinterRequest request) {
            return on(() -> http.within(limit, exchange -> exchange.send(request)));
        }

        <T> Future<T> on(Supplier<Future<T>> work) {
            return BoundedExchangeTest.on(context, work);
        }
    }

    private static Consumer<NetSocket> reaction(Consumer<NetSocket> reaction) {
        return reaction;
    }

    private static void head(NetSocket socket, long length) {
        HostileServer.write(socket, OK + "\r\nContent-Length: " + length + "\r\n\r\n");
    }

    private static void dripBody(NetSocket socket) {
        head(socket, 100);
        drip(socket, " ");
    }

    private static void dripHeader(NetSocket socket) {
        HostileServer.write(socket, OK + "\r\nX-A: ");
        drip(socket, "a");
    }

    private static void drip(NetSocket socket, String one) {
        Vertx here = Vertx.currentContext().owner();
        here.setPeriodic(100, timer -> socket.write(one).onFailure(gone -> here.cancelTimer(timer)));
    }

    private static void hugeHeader(NetSocket socket) {
        HostileServer.write(socket, OK + "\r\nX-A: " + "a".repeat(64 * 1024) + "\r\n\r\n");
    }

    private static void cut(NetSocket socket) {
        head(socket, 1000);
        socket.write("{").onComplete(written -> socket.close());
    }

    private static void flood(NetSocket socket) {
        head(socket, 48L * 1024 * 1024);
        Buffer chunk = Buffer.buffer(new byte[64 * 1024]);
        pour(socket, chunk, 48 * 16);
    }

    private static void pour(NetSocket socket, Buffer chunk, int left) {
        if (left > 0) {
            socket.write(chunk).onSuccess(written -> pour(socket, chunk, left - 1));
        }
    }
}
