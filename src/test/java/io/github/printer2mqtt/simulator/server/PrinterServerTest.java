package io.github.printer2mqtt.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.simulator.ManualClock;
import io.github.printer2mqtt.simulator.RawResponse;
import io.github.printer2mqtt.simulator.SocketClient;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.protocol.PrinterInState;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkPiSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PrinterServerTest {
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final int MEBIBYTE = 1024 * 1024;

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final ManualClock clock = new ManualClock();
    private final PrinterServer server =
            printers.start(new MoonrakerSimulator(PrinterInState.of(State.PRINTING, clock)));

    @Test
    void respondsInOrderOnOneConnectionAndCounts() throws IOException {
        try (SocketClient wire = SocketClient.to(server)) {
            for (int i = 0; i < 3; i++) {
                assertThat(wire.get("/server/info?n=" + i).readResponse().status())
                        .isEqualTo(200);
            }
            Await.until("one connection is left", () -> server.openConnections() == 1);
        }
        Await.until("all connections are closed", () -> server.openConnections() == 0);
        assertThat(server.requests()).isEqualTo(3);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void respondsToPipelinedAndFragmentedRequests() throws IOException {
        try (SocketClient wire = SocketClient.to(server)) {
            String body = "{\"jsonrpc\":\"2.0\",\"method\":\"printer.print.pause\",\"id\":1}";
            wire.send("GET /server/info HTTP/1.1\r\nHost: x\r\n\r\nPOST /server/jsonrpc HTTP/1.1\r\nContent-Len");
            assertThat(wire.readResponse().status()).isEqualTo(200);
            wire.send("gth: " + body.length() + "\r\n\r\n" + body.substring(0, 9));
            wire.send(body.substring(9) + "GET /server/info HTTP/1.1\r\n\r\n");
            assertThat(wire.readResponse().json().getString("result")).isEqualTo("ok");
            assertThat(wire.readResponse().json().getJsonObject("result").getString("klippy_state"))
                    .isEqualTo("ready");
        }
        assertThat(server.printer().view().state()).isEqualTo(State.PAUSED);
    }

    @Test
    void rejectsInvalidHttp() throws IOException {
        try (SocketClient wire = SocketClient.to(server)) {
            assertThat(wire.send("hello\r\n\r\n").readResponse().status()).isEqualTo(400);
        }
    }

    @Test
    void prusaFirmwareKeepsItsConnectionAndThePiClosesIt() throws IOException {
        PrinterServer buddy = printers.start(new PrusaLinkSimulator(PrinterInState.of(State.PRINTING, clock), "pw"));
        PrinterServer pi = printers.start(new PrusaLinkPiSimulator(PrinterInState.of(State.PRINTING, clock), "key"));
        try (SocketClient toBuddy = SocketClient.to(buddy);
                SocketClient toPi = SocketClient.to(pi)) {
            toBuddy.get("/api/v1/status", "X-Api-Key", "pw").readResponse();
            assertThat(toBuddy.get("/api/v1/job", "X-Api-Key", "pw")
                            .readResponse()
                            .status())
                    .isEqualTo(200);
            RawResponse old = RawResponse.parse(
                    toPi.get("/api/v1/status", "X-Api-Key", "key").rest(Duration.ofSeconds(5)));
            assertThat(toPi.end()).isEqualTo(SocketClient.End.CLOSED);
            assertThat(old.protocol()).isEqualTo("HTTP/1.0");
            assertThat(old.json().getJsonObject("job").getInteger("id")).isEqualTo(101);
        }
        Await.done(buddy.close());
        Await.done(pi.close());
    }

    @Test
    void slowPrinterDelaysOnlyItself() throws IOException {
        PrinterServer other = printers.start(new MoonrakerSimulator(PrinterInState.of(State.IDLE, clock)));
        Duration delay = Duration.ofSeconds(2);
        Await.done(server.behave(Behaviour.slow(delay)));
        try (SocketClient slow = SocketClient.to(server);
                SocketClient fast = SocketClient.to(other)) {
            long began = System.nanoTime();
            slow.get("/server/info");
            assertThat(fast.get("/server/info").readResponse().status()).isEqualTo(200);
            assertThat(millisSince(began)).isLessThan(delay.toMillis());
            assertThat(slow.readResponse().status()).isEqualTo(200);
            assertThat(millisSince(began)).isGreaterThan(delay.toMillis() - 5);
        }
        Await.done(other.close());
    }

    @Test
    void silentPrinterAcceptsAndNeverResponds() throws IOException {
        Await.done(server.behave(Behaviour.silent()));
        try (SocketClient wire = SocketClient.to(server)) {
            assertThat(wire.get("/server/info").rest(QUIET)).isEmpty();
            assertThat(wire.end()).isEqualTo(SocketClient.End.QUIET);
        }
        assertThat(server.requests()).isEqualTo(1);
        Await.until("all connections are closed", () -> server.openConnections() == 0);
    }

    @Test
    void drippingPrinterSendsOneByteAtATime() throws IOException {
        Await.done(server.behave(Behaviour.dripping(Duration.ofMillis(20))));
        try (SocketClient wire = SocketClient.to(server)) {
            long began = System.nanoTime();
            wire.get("/api/version");
            byte[] head = wire.first(30);
            assertThat(millisSince(began)).isGreaterThan(550);
            assertThat(new String(head, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200 OK\r\nServer: Torn");
        }
        Await.until("all connections are closed", () -> server.openConnections() == 0);
    }

    @Test
    void drippedResponseIsTheCorrectOne() throws IOException {
        Await.done(server.behave(Behaviour.dripping(Duration.ofMillis(1))));
        try (SocketClient wire = SocketClient.to(server)) {
            assertThat(wire.get("/api/version").readResponse().json().getString("text"))
                    .startsWith("OctoPrint (Moonraker");
        }
    }

    @Test
    void hugeBodyHasTheRequestedSize() throws IOException {
        Await.done(server.behave(Behaviour.hugeBody(3)));
        try (SocketClient wire = SocketClient.to(server)) {
            byte[] all = wire.get("/server/info").rest(Duration.ofSeconds(5));
            assertThat(wire.end()).isEqualTo(SocketClient.End.CLOSED);
            RawResponse response = RawResponse.parse(all);
            assertThat(response.headers()).doesNotContainKey("Content-Length");
            assertThat(response.json().getString("padding")).hasSize(3 * MEBIBYTE);
        }
    }

    @Test
    void hugeBodyPausesWhileTheClientDoesNotRead() throws IOException {
        Await.done(server.behave(Behaviour.hugeBody(1_000_000)));
        try (SocketClient wire = SocketClient.to(server)) {
            wire.get("/server/info").first(MEBIBYTE);
        }
        Await.until("all connections are closed", () -> server.openConnections() == 0);
    }

    @Test
    void redirectingPrinterRedirects() throws IOException {
        Await.done(server.behave(Behaviour.redirecting("http://192.0.2.1/trap")));
        try (SocketClient wire = SocketClient.to(server)) {
            RawResponse response = wire.get("/server/info").readResponse();
            assertThat(response.status()).isEqualTo(302);
            assertThat(response.headers()).containsEntry("Location", "http://192.0.2.1/trap");
        }
    }

    @Test
    void resettingPrinterResetsTheConnection() throws IOException {
        Await.done(server.behave(Behaviour.resetting()));
        try (SocketClient wire = SocketClient.to(server)) {
            wire.get("/server/info").rest(Duration.ofSeconds(5));
            assertThat(wire.end()).isEqualTo(SocketClient.End.RESET);
        }
    }

    @Test
    void garbageIsNotHttp() throws IOException {
        Await.done(server.behave(Behaviour.garbage()));
        try (SocketClient wire = SocketClient.to(server)) {
            byte[] bytes = wire.get("/server/info").rest(Duration.ofSeconds(5));
            assertThat(bytes).hasSizeGreaterThan(100);
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP");
        }
    }

    @Test
    void refusingPrinterClosesEverythingAndReopensTheSamePort() throws IOException {
        int port = server.port();
        try (SocketClient open = SocketClient.to(server)) {
            open.get("/server/info").readResponse();
            Await.done(server.behave(Behaviour.refusing()));
            open.rest(Duration.ofSeconds(5));
            assertThat(open.end()).isNotEqualTo(SocketClient.End.QUIET);
            assertThatThrownBy(() -> SocketClient.to("127.0.0.1", port)).isInstanceOf(ConnectException.class);
        }
        Await.done(server.behave(Behaviour.healthy()));
        assertThat(server.port()).isEqualTo(port);
        try (SocketClient wire = SocketClient.to(server)) {
            assertThat(wire.get("/server/info").readResponse().status()).isEqualTo(200);
        }
    }

    @Test
    void changedBehaviourAppliesToTheNextRequestOfAnOpenConnection() throws IOException {
        try (SocketClient wire = SocketClient.to(server)) {
            assertThat(wire.get("/server/info").readResponse().status()).isEqualTo(200);
            Await.done(server.behave(Behaviour.redirecting("http://192.0.2.1/")));
            assertThat(wire.get("/server/info").readResponse().status()).isEqualTo(302);
            Await.done(server.behave(Behaviour.healthy()));
            assertThat(wire.get("/server/info").readResponse().status()).isEqualTo(200);
        }
    }

    @RepeatedTest(10)
    void closedServerStaysClosed() {
        int port = server.port();
        Await.done(server.close());
        Await.done(server.behave(Behaviour.healthy()));
        assertThatThrownBy(() -> SocketClient.to("127.0.0.1", port)).isInstanceOf(ConnectException.class);
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }
}
