package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every response yields a result or a reason, and no error in the log. */
class GarbageAnswersTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int ANSWERS = 400;

    private static final List<String> SOUND = List.of(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
            "HTTP/1.0 200 OK\r\nServer: PrusaLink\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n0002\r\n{}\r\n0\r\n\r\n",
            String.join(
                    "\r\n",
                    "HTTP/1.1 100 Continue",
                    "",
                    "HTTP/1.1 401 Unauthorized",
                    "WWW-Authenticate: Digest realm=\"x\", nonce=\"y\"",
                    "Keep-Alive: timeout=5, max=10",
                    "Content-Length: 0",
                    "",
                    ""));

    private static final List<String> PIECES = List.of(
            "\r\n",
            "\r",
            "\n",
            "\0",
            " ",
            "\t",
            ":",
            ";",
            ",",
            "=",
            "\"",
            "/",
            ".",
            "-1",
            "999",
            "1.1",
            "HTTP/",
            "http/",
            "HTTP/2.0",
            "Connection: close\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Content-Length: 5, 5\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Keep-Alive: timeout=x\r\n",
            "Location: \r\n",
            "fffffffff\r\n",
            "\u00ff",
            "{}");

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final OpenedPrinter.Network network = OpenedPrinter.network(vertx);

    @AfterEach
    void closeEverything() {
        network.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http/1.1 200 OK",
                "Http/1.1 200 OK",
                "HTTP/1.2 200 OK",
                "HTTP/2.0 200 OK",
                "HTTP/0.9 200 OK",
                "HTTP/1.10 200 OK",
                "ICY 200 OK",
                "HTTP/1.1 2OO OK",
                "HTTP/1.1 -1 OK",
                "HTTP/1.1 99999999999 OK",
                "HTTP/1.1",
                "HTTP/1.1 ",
                "200 OK",
            })
    void reportsAnInvalidStatusLineAsUnreadable(String statusLine) {
        try (CapturedLog log = CapturedLog.of("io.vertx");
                HostileServer server = HostileServer.start(vertx, HostileServer.answers(statusLine, "{}"))) {
            Throwable failure =
                    Await.failure(network.open(server.port()).send(LIMIT, PrinterRequest.get("/", Map.of())));

            assertThat(failure)
                    .isInstanceOfSatisfying(
                            PrinterException.class,
                            exception ->
                                    assertThat(exception.failure().reason()).isEqualTo(FailureReason.UNREADABLE));
            Await.until("no socket left", () -> server.openSockets() == 0);
            assertThat(log.lines()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void turnsRandomGarbageIntoAResponseOrAReason(long seed) {
        Random random = new Random(seed);
        AtomicReference<Buffer> next = new AtomicReference<>(Buffer.buffer());
        try (CapturedLog log = CapturedLog.of("io.vertx");
                HostileServer server = HostileServer.start(
                        vertx, new NetServerOptions(), socket -> {}, (socket, bytes) -> socket.end(next.get()))) {
            OpenedPrinter printer = network.open(server.port());
            for (int i = 0; i < ANSWERS; i++) {
                String answer = changed(random);
                next.set(Buffer.buffer(answer.getBytes(StandardCharsets.ISO_8859_1)));
                Future<Integer> asked = printer.send(LIMIT, PrinterRequest.get("/", Map.of()))
                        .map(PrinterResponse::status)
                        .recover(failure -> failure instanceof PrinterException
                                ? Future.succeededFuture(0)
                                : Future.failedFuture(new AssertionError("seed " + seed + ": " + answer, failure)));
                Await.done(asked);
                assertThat(log.lines()).as("seed %d: %s", seed, answer).isEmpty();
            }
        }
    }

    @Test
    void turnsBinaryDataIntoAReason() {
        byte[] bytes = new byte[4096];
        new Random(4).nextBytes(bytes);
        try (CapturedLog log = CapturedLog.of("io.vertx");
                HostileServer server = HostileServer.start(vertx, socket -> socket.end(Buffer.buffer(bytes)))) {
            assertThat(Await.failure(network.open(server.port()).send(LIMIT, PrinterRequest.get("/", Map.of()))))
                    .isInstanceOf(PrinterException.class);
            assertThat(log.lines()).isEmpty();
        }
    }

    /** A valid response with up to five pieces inserted, removed or changed in case. */
    private static String changed(Random random) {
        StringBuilder answer = new StringBuilder(SOUND.get(random.nextInt(SOUND.size())));
        for (int changes = 1 + random.nextInt(5); changes > 0 && answer.length() > 1; changes--) {
            int at = random.nextInt(answer.length());
            switch (random.nextInt(4)) {
                case 0 -> answer.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> answer.delete(at, Math.min(answer.length(), at + 1 + random.nextInt(6)));
                case 2 -> answer.setCharAt(at, (char) random.nextInt(256));
                default -> answer.setCharAt(at, (char) (answer.charAt(at) ^ 0x20));
            }
        }
        return answer.toString();
    }
}
