package io.github.printer2mqtt.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.demo.SimulatedPrinter.State;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PrinterServerTest {
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final int MEBIBYTE = 1024 * 1024;

    private final Vertx vertx = Vertx.vertx();
    private final MovedClock clock = new MovedClock();
    private final PrinterServer server = start(new MoonrakerFace(Moments.in(State.PRINTING, clock)));

    @AfterEach
    void close() {
        Waiting.on(server.close());
        Waiting.on(vertx.close());
    }

    @Test
    void answersOneRequestAfterTheOtherOnOneConnectionAndCounts() throws IOException {
        try (Wire wire = Wire.to(server)) {
            for (int i = 0; i < 3; i++) {
                assertThat(wire.get("/server/info?n=" + i).answer().status()).isEqualTo(200);
            }
            assertThat(server.openConnections()).isEqualTo(1);
        }
        Waiting.until(() -> server.openConnections() == 0);
        assertThat(server.requests()).isEqualTo(3);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(Objects.requireNonNull(server.lastRequest()).target()).isEqualTo("/server/info?n=2");
        assertThat(Objects.requireNonNull(server.lastRequest()).header("Host")).isEqualTo("printer");
    }

    @Test
    void remembersTheNewestRequestsOnly() throws IOException {
        try (Wire wire = Wire.to(server)) {
            for (int i = 0; i < 40; i++) {
                wire.get("/server/info?n=" + i).answer();
            }
        }
        assertThat(server.recentRequests()).hasSize(32);
        assertThat(server.recentRequests().get(0).target()).isEqualTo("/server/info?n=8");
        assertThat(server.requests()).isEqualTo(40);
    }

    @Test
    void answersPipelinedAndPiecemealRequests() throws IOException {
        try (Wire wire = Wire.to(server)) {
            String body = "{\"jsonrpc\":\"2.0\",\"method\":\"printer.print.pause\",\"id\":1}";
            wire.send("GET /printer/info HTTP/1.1\r\nHost: x\r\n\r\nPOST /server/jsonrpc HTTP/1.1\r\nContent-Len");
            assertThat(wire.answer().status()).isEqualTo(200);
            wire.send("gth: " + body.length() + "\r\n\r\n" + body.substring(0, 9));
            wire.send(body.substring(9) + "GET /server/info HTTP/1.1\r\n\r\n");
            assertThat(wire.answer().json().getString("result")).isEqualTo("ok");
            assertThat(wire.answer().json().getJsonObject("result").getString("klippy_state"))
                    .isEqualTo("ready");
        }
        assertThat(server.printer().view().state()).isEqualTo(State.PAUSED);
    }

    @Test
    void refusesWhatIsNoHttp() throws IOException {
        try (Wire wire = Wire.to(server)) {
            assertThat(wire.send("hello\r\n\r\n").answer().status()).isEqualTo(400);
        }
    }

    @Test
    void theFirmwareOfPrusaKeepsItsConnectionAndThePiEndsIt() throws IOException {
        PrinterServer buddy = start(new PrusaLinkFace(Moments.in(State.PRINTING, clock), "pw"));
        PrinterServer pi = start(new PrusaLinkPiFace(Moments.in(State.PRINTING, clock), "key", "pw"));
        try (Wire toBuddy = Wire.to(buddy);
                Wire toPi = Wire.to(pi)) {
            toBuddy.get("/api/v1/status", "X-Api-Key", "pw").answer();
            assertThat(toBuddy.get("/api/v1/job", "X-Api-Key", "pw").answer().status())
                    .isEqualTo(200);
            RawAnswer old = RawAnswer.parse(
                    toPi.get("/api/v1/status", "X-Api-Key", "key").rest(Duration.ofSeconds(5)));
            assertThat(toPi.end()).isEqualTo(Wire.End.CLOSED);
            assertThat(old.protocol()).isEqualTo("HTTP/1.0");
            assertThat(old.json().getJsonObject("job").getInteger("id")).isEqualTo(101);
        }
        Waiting.on(buddy.close());
        Waiting.on(pi.close());
    }

    @Test
    void aLatencyDelaysTheAnswerAndNotTheNextPrinter() throws IOException {
        PrinterServer other = start(new MoonrakerFace(Moments.in(State.IDLE, clock)));
        Duration latency = Duration.ofSeconds(2);
        Waiting.on(server.behave(Behaviour.healthy().after(Latency.of(latency))));
        try (Wire slow = Wire.to(server);
                Wire fast = Wire.to(other)) {
            long began = System.nanoTime();
            slow.get("/server/info");
            assertThat(fast.get("/server/info").answer().status()).isEqualTo(200);
            assertThat(millisSince(began)).isLessThan(latency.toMillis());
            assertThat(slow.answer().status()).isEqualTo(200);
            assertThat(millisSince(began)).isGreaterThan(latency.toMillis() - 5);
        }
        Waiting.on(other.close());
    }

    @Test
    void aSilentPrinterAcceptsAndNeverAnswers() throws IOException {
        Waiting.on(server.behave(Behaviour.silent()));
        try (Wire wire = Wire.to(server)) {
            assertThat(wire.get("/server/info").rest(QUIET)).isEmpty();
            assertThat(wire.end()).isEqualTo(Wire.End.QUIET);
        }
        assertThat(server.requests()).isEqualTo(1);
        Waiting.until(() -> server.openConnections() == 0);
    }

    @Test
    void aDrippingPrinterSendsAByteAtATime() throws IOException {
        Waiting.on(server.behave(Behaviour.dripping(Duration.ofMillis(20))));
        try (Wire wire = Wire.to(server)) {
            long began = System.nanoTime();
            wire.get("/api/version");
            byte[] head = wire.first(30);
            assertThat(millisSince(began)).isGreaterThan(550);
            assertThat(new String(head, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200 OK\r\nServer: Torn");
        }
        Waiting.until(() -> server.openConnections() == 0);
    }

    @Test
    void aDrippedAnswerIsTheHonestOne() throws IOException {
        Waiting.on(server.behave(Behaviour.dripping(Duration.ofMillis(1))));
        try (Wire wire = Wire.to(server)) {
            assertThat(wire.get("/api/version").answer().json().getString("text"))
                    .startsWith("OctoPrint (Moonraker");
        }
    }

    @Test
    void aHugeBodyIsAsHugeAsItWasAskedFor() throws IOException {
        Waiting.on(server.behave(Behaviour.hugeBody(3)));
        try (Wire wire = Wire.to(server)) {
            byte[] all = wire.get("/server/info").rest(Duration.ofSeconds(5));
            assertThat(wire.end()).isEqualTo(Wire.End.CLOSED);
            RawAnswer answer = RawAnswer.parse(all);
            assertThat(answer.headers()).doesNotContainKey("Content-Length");
            assertThat(answer.json().getString("padding")).hasSize(3 * MEBIBYTE);
        }
    }

    @Test
    void aHugeBodyStopsWhenNobodyReadsIt() throws IOException {
        Waiting.on(server.behave(Behaviour.hugeBody(1_000_000)));
        try (Wire wire = Wire.to(server)) {
            wire.get("/server/info").first(MEBIBYTE);
        }
        Waiting.until(() -> server.openConnections() == 0);
    }

    @Test
    void aRedirectingPrinterSendsItsClientsElsewhere() throws IOException {
        Waiting.on(server.behave(Behaviour.redirecting("http://192.0.2.1/trap")));
        try (Wire wire = Wire.to(server)) {
            RawAnswer answer = wire.get("/server/info").answer();
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.headers()).containsEntry("Location", "http://192.0.2.1/trap");
        }
    }

    @Test
    void aResettingPrinterResets() throws IOException {
        Waiting.on(server.behave(Behaviour.resetting()));
        try (Wire wire = Wire.to(server)) {
            wire.get("/server/info").rest(Duration.ofSeconds(5));
            assertThat(wire.end()).isEqualTo(Wire.End.RESET);
        }
    }

    @Test
    void garbageIsNoHttp() throws IOException {
        Waiting.on(server.behave(Behaviour.garbage()));
        try (Wire wire = Wire.to(server)) {
            byte[] bytes = wire.get("/server/info").rest(Duration.ofSeconds(5));
            assertThat(bytes).hasSizeGreaterThan(100);
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP");
        }
    }

    @Test
    void aBadGatewayIsHtml() throws IOException {
        Waiting.on(server.behave(Behaviour.badGateway()));
        try (Wire wire = Wire.to(server)) {
            RawAnswer answer = wire.get("/server/info").answer();
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.headers()).containsEntry("Content-Type", "text/html");
            assertThat(answer.body()).startsWith("<html>");
        }
    }

    @Test
    void aTruncatedBodyIsShorterThanItsLength() throws IOException {
        Waiting.on(server.behave(Behaviour.truncating()));
        try (Wire wire = Wire.to(server)) {
            RawAnswer answer = RawAnswer.parse(wire.get("/server/info").rest(Duration.ofSeconds(5)));
            assertThat(wire.end()).isEqualTo(Wire.End.CLOSED);
            int promised = Integer.parseInt(String.valueOf(answer.headers().get("Content-Length")));
            assertThat(answer.body().length()).isBetween(1, promised - 1);
        }
    }

    @Test
    void aRefusingPrinterClosesEverythingAndComesBackAtTheSamePort() throws IOException {
        int port = server.port();
        try (Wire open = Wire.to(server)) {
            open.get("/server/info").answer();
            Waiting.on(server.behave(Behaviour.refusing()));
            open.rest(Duration.ofSeconds(5));
            assertThat(open.end()).isNotEqualTo(Wire.End.QUIET);
            assertThatThrownBy(() -> Wire.to("127.0.0.1", port)).isInstanceOf(ConnectException.class);
        }
        Waiting.on(server.behave(Behaviour.healthy()));
        assertThat(server.port()).isEqualTo(port);
        try (Wire wire = Wire.to(server)) {
            assertThat(wire.get("/server/info").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aChangeOfBehaviourIsForTheNextRequestOfAnOpenConnection() throws IOException {
        try (Wire wire = Wire.to(server)) {
            assertThat(wire.get("/server/info").answer().status()).isEqualTo(200);
            Waiting.on(server.behave(Behaviour.badGateway()));
            assertThat(wire.get("/server/info").answer().status()).isEqualTo(502);
            Waiting.on(server.behave(Behaviour.healthy()));
            assertThat(wire.get("/server/info").answer().status()).isEqualTo(200);
        }
    }

    @RepeatedTest(10)
    void aClosedServerStaysClosed() {
        int port = server.port();
        Waiting.on(server.close());
        Waiting.on(server.behave(Behaviour.healthy()));
        assertThatThrownBy(() -> Wire.to("127.0.0.1", port)).isInstanceOf(ConnectException.class);
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    private PrinterServer start(ProtocolFace face) {
        return Waiting.on(PrinterServer.start(vertx, face));
    }
}
