package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPicture;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkPiSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.testing.HostileServer;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole bridge serves the pictures of simulated printers. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // before all tests
class PicturesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static RunningBridge bridge;

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    @RegisterExtension
    private final VertxInstance camera = new VertxInstance();

    @BeforeAll
    static void startBridge(@TempDir Path folder) {
        bridge = RunningBridge.start(RunningBridge.patientConfiguration(folder));
    }

    @AfterAll
    static void stopBridge() {
        bridge.close();
    }

    static Stream<Arguments> thumbnails() {
        return Stream.of(
                Arguments.of(
                        "moonraker", new MoonrakerSimulator(SimulatedPrinters.machine("Voron"), SimulatedPrinters.KEY)),
                Arguments.of(
                        "octoprint", new OctoPrintSimulator(SimulatedPrinters.machine("Ender"), SimulatedPrinters.KEY)),
                Arguments.of(
                        "prusalink", new PrusaLinkSimulator(SimulatedPrinters.machine("MK4"), SimulatedPrinters.KEY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("thumbnails")
    void thumbnailIsThatOfTheRunningFile(String id, ProtocolSimulator simulator) throws Exception {
        register(id, simulator);
        String file = "Vase mit Griff.gcode";

        assertThat(get(id, "thumbnail").statusCode()).as("nothing is printed").isEqualTo(404);

        simulator.printer().start(file, Duration.ofHours(1));
        bridge.api().await(id, "printing a file", status -> status.getJsonObject("job") != null);
        HttpResponse<byte[]> thumbnail = get(id, "thumbnail");

        assertThat(thumbnail.statusCode())
                .as(new String(thumbnail.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(thumbnail.headers().firstValue("Content-Type")).contains("image/png");
        String shown = id.equals("octoprint") ? file.replace(' ', '_') : file;
        assertThat(Buffer.buffer(thumbnail.body())).isEqualTo(SimulatedPicture.thumbnail(shown));
    }

    static Stream<Arguments> cameras() {
        return Stream.of(
                Arguments.of(
                        "cam-moonraker",
                        new MoonrakerSimulator(SimulatedPrinters.machine("Voron"), SimulatedPrinters.KEY)),
                Arguments.of(
                        "cam-octoprint",
                        new OctoPrintSimulator(SimulatedPrinters.machine("Ender"), SimulatedPrinters.KEY)),
                Arguments.of(
                        "cam-pi", new PrusaLinkPiSimulator(SimulatedPrinters.machine("MK3"), SimulatedPrinters.KEY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cameras")
    void snapshotIsThatOfTheCamera(String id, ProtocolSimulator simulator) throws Exception {
        register(id, simulator);

        HttpResponse<byte[]> snapshot = get(id, "snapshot");

        assertThat(snapshot.statusCode())
                .as(new String(snapshot.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(Buffer.buffer(snapshot.body())).isEqualTo(SimulatedPicture.snapshot(null));
    }

    @Test
    void printerWithoutCameraHasNoSnapshot() throws Exception {
        register("buddy", new PrusaLinkSimulator(SimulatedPrinters.machine("MK4"), SimulatedPrinters.KEY));

        HttpResponse<byte[]> snapshot = get("buddy", "snapshot");

        assertThat(snapshot.statusCode()).isEqualTo(404);
        assertThat(new String(snapshot.body(), StandardCharsets.UTF_8)).contains("no_picture");
    }

    @Test
    void cameraThatHangsCostsThePollsNothing() throws Exception {
        try (HostileServer hanging = HostileServer.start(camera.vertx(), socket -> {})) {
            register("hangs", new OtherCamera(SimulatedPrinters.machine("Voron"), hanging.port()));
            String before = observedAt("hangs");

            CompletableFuture<HttpResponse<String>> snapshot = bridge.api().getLater("/api/printers/hangs/snapshot");
            bridge.api()
                    .await(
                            "hangs",
                            "polled meanwhile",
                            status -> !observedAt("hangs").equals(before));
            assertThat(snapshot).as("still waits while the printer is polled").isNotDone();

            assertThat(snapshot.join().statusCode()).isEqualTo(504);
            assertThat(bridge.api().status("hangs").getJsonObject("poll").getInteger("failures"))
                    .isZero();
            JsonArray polls = HttpApi.json(bridge.api().get("/api/printers/hangs/polls"), 200)
                    .getJsonArray("polls");
            assertThat(polls)
                    .extracting(poll -> ((JsonObject) poll).getString("result"))
                    .containsOnly("ok");
        }
    }

    /** Moonraker without a web socket, whose camera is on another port. */
    private static final class OtherCamera implements ProtocolSimulator {
        private final MoonrakerSimulator moonraker;
        private final int port;

        OtherCamera(SimulatedPrinter machine, int port) {
            this.moonraker = new MoonrakerSimulator(machine, SimulatedPrinters.KEY);
            this.port = port;
        }

        @Override
        public SimulatedPrinter printer() {
            return moonraker.printer();
        }

        @Override
        public String driver() {
            return moonraker.driver();
        }

        @Override
        public SimulatedResponse respond(SimulatedRequest request) {
            SimulatedResponse response = moonraker.respond(request);
            return request.path().equals("/server/webcams/list") ? elsewhere(response) : response;
        }

        private SimulatedResponse elsewhere(SimulatedResponse response) {
            String body = response.body().toString().replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:" + port);
            return new SimulatedResponse(200, "OK", response.headers(), Buffer.buffer(body), response.close());
        }
    }

    private void register(String id, ProtocolSimulator simulator) {
        PrinterServer server = printers.start(simulator);
        bridge.api().register(SimulatedPrinters.registration(id, server));
        bridge.api().awaitState(id, "idle");
    }

    private static String observedAt(String id) {
        return bridge.api().status(id).getJsonObject("poll").getString("observed_at");
    }

    private static HttpResponse<byte[]> get(String id, String picture) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + bridge.httpPort() + "/api/printers/" + id + "/" + picture);
        return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    }
}
