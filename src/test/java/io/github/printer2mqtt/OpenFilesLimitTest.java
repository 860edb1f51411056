package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whole processes with a low limit of open files. */
@Timeout(180)
class OpenFilesLimitTest {
    private static final int PRINTERS = 24;

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    @TempDir
    private Path folder;

    @Test
    void oneLineNamesTheNumberThatIsNeededAndEveryPrinterIsRead() {
        JsonObject configuration = RunningBridge.patientConfiguration(folder);
        registerPrinters(configuration);

        try (ChildBridge bridge =
                ChildBridge.launchWithFiles(256, folder, configuration).awaitBanner()) {
            Set<String> read = new HashSet<>();
            Await.until("every printer was read", () -> {
                for (JsonObject printer : HttpApi.printers(bridge.api().list())) {
                    if (printer.getBoolean("online")) {
                        read.add(printer.getString("id"));
                    }
                }
                return read.size() == PRINTERS;
            });

            assertThat(bridge.lines())
                    .filteredOn(line -> line.contains("open files"))
                    .singleElement()
                    .asString()
                    .contains("the limit of open files (ulimit -n) is 256, 24 printers need 411: ");
            assertThat(bridge.api().get("/api/health").body()).contains("24 printers need 411");
        }
    }

    @Test
    void demoCountsItsOwnPrinters() {
        try (ChildBridge demo = ChildBridge.launchWithFiles(256, folder, RunningBridge.configuration(folder), "demo")
                .awaitBanner()) {
            assertThat(demo.lines())
                    .filteredOn(line -> line.contains("open files"))
                    .singleElement()
                    .asString()
                    .contains("the limit of open files (ulimit -n) is 256, 12 printers need 398: ");
        }
    }

    @Test
    void oneAddressLeavesFilesForPollsAndForOtherAddresses() throws IOException {
        JsonObject configuration = RunningBridge.patientConfiguration(folder);
        registerPrinters(configuration);
        List<SocketChannel> flood = new ArrayList<>();

        try (ChildBridge bridge =
                ChildBridge.launchWithFiles(1_024, folder, configuration).awaitBanner()) {
            int port = bridge.httpPort();
            Await.until("every printer is polled", () -> arePolledSince(Instant.EPOCH, port));
            for (int i = 0; i < 2_000; i++) {
                flood.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            }
            Instant flooded = Instant.now();

            Await.until("every printer is polled during the flood", () -> arePolledSince(flooded, port));
            assertThat(bridge.lines()).noneMatch(line -> line.contains("open files"));
        } finally {
            for (SocketChannel each : flood) {
                each.close();
            }
        }
    }

    private static boolean arePolledSince(Instant moment, int port) {
        for (JsonObject printer : HttpApi.printers(list(port))) {
            String observed = printer.getJsonObject("poll").getString("observed_at");
            if (!printer.getBoolean("online") || Instant.parse(observed).isBefore(moment)) {
                return false;
            }
        }
        return true;
    }

    /** The list as a client at another address of this machine gets it. */
    private static JsonObject list(int port) {
        try (Socket client = new Socket()) {
            client.bind(new InetSocketAddress("127.0.0.2", 0));
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
            client.setSoTimeout(20_000);
            client.getOutputStream()
                    .write(("GET /api/printers HTTP/1.0\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String response = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new JsonObject(response.substring(response.indexOf("\r\n\r\n") + 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void bridgeThatCannotRunEndsWithOneLine() {
        try (ChildBridge bridge = ChildBridge.launchWithFiles(120, folder, RunningBridge.configuration(folder))) {
            assertThat(bridge.awaitExit()).as(bridge.lines().toString()).isEqualTo(3);

            assertThat(bridge.lines())
                    .filteredOn(line -> line.startsWith("printer2mqtt: "))
                    .containsExactly(
                            "printer2mqtt: the limit of open files (ulimit -n) is 120, expected at least 128 and 384"
                                    + " more than printers; raise it (LimitNOFILE of systemd, ulimits of Docker)");
        }
    }

    private void registerPrinters(JsonObject configuration) {
        try (RunningBridge bridge = RunningBridge.start(configuration)) {
            for (int i = 0; i < PRINTERS; i++) {
                PrusaLinkSimulator simulator =
                        new PrusaLinkSimulator(SimulatedPrinters.machine("MK4 " + i), SimulatedPrinters.KEY);
                bridge.api().register(SimulatedPrinters.registration("mk4-" + i, printers.start(simulator)));
            }
        }
    }
}
