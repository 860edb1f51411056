package io.github.printer2mqtt.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fewer open files than printers. */
class FewOpenFilesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final PrinterRequest STATUS = PrinterRequest.get("/status", Map.of());

    private static final int FOR_PRINTERS = 20;

    /** The reserve and some for printers. */
    private static final long FILES = 384 + FOR_PRINTERS;

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final OpenedPrinter.Network network = OpenedPrinter.network(vertx, FILES);

    @AfterEach
    void closeEverything() {
        network.close();
    }

    @Test
    void namesTheRequiredLimit() {
        assertThat(ConnectionBudget.of(1024).shortage(100)).isNull();
        assertThat(ConnectionBudget.of(1024).shortage(1_000))
                .contains("ulimit -n) is 1024, 1000 printers need 1496")
                .doesNotContain("\n");
    }

    @Test
    void namesTheLowestLimit() {
        assertThat(ConnectionBudget.of(128).tooFew()).isNull();
        assertThat(ConnectionBudget.of(127).tooFew()).contains("(ulimit -n) is 127, expected at least 128");
    }

    @Test
    void pollsMorePrintersThanOpenFilesAllow() {
        try (HostileServer server = HostileServer.start(vertx, HostileServer.answers("HTTP/1.1 200 OK", "{}"))) {
            List<OpenedPrinter> printers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                printers.add(network.open(server.port()));
            }
            for (int round = 0; round < 3; round++) {
                for (OpenedPrinter printer : printers) {
                    assertThat(Await.done(printer.send(LIMIT, STATUS)).status()).isEqualTo(200);
                    Await.until("no more than their share is open", () -> server.openSockets() <= FOR_PRINTERS);
                }
            }
        }
    }

    @Test
    void failsAConnectBeyondTheLimitUntilOneIsReleased() {
        try (HostileServer server = HostileServer.start(vertx, socket -> {})) {
            Duration waiting = Duration.ofSeconds(2);
            List<Future<PrinterResponse>> asked = new ArrayList<>();
            List<OpenedPrinter> printers = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                printers.add(network.open(server.port()));
            }
            for (OpenedPrinter printer : printers) {
                asked.add(printer.send(waiting, STATUS));
            }
            List<String> reasons = asked.stream()
                    .map(future -> String.valueOf(Await.failure(future).getMessage()))
                    .toList();

            assertThat(reasons)
                    .filteredOn(reason -> reason.contains("limit of open files"))
                    .hasSize(10);
            assertThat(reasons)
                    .filteredOn(reason -> reason.startsWith("timeout"))
                    .hasSize(20);
            assertThat(Await.failure(printers.get(29).send(Duration.ofMillis(200), STATUS)))
                    .hasMessageStartingWith("timeout");
        }
    }
}
