package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.printer2mqtt.simulator.model.SimulatedPicture;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Moonraker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole bridge and a real Moonraker, compared at every step. */
class MoonrakerIT extends RealPrinterContract<Moonraker> {
    MoonrakerIT() {
        super(
                "voron",
                "Voron",
                "moonraker",
                new ServerStates(Set.of("paused"), Set.of("printing"), Set.of("cancelled"), "cancelled"));
    }

    @Override
    Moonraker start(Path base) {
        return Moonraker.start(base);
    }

    /** How the bridge must read it. */
    String mode() {
        return "push";
    }

    @Test
    void modeIsReported() {
        try (RunningBridge bridge = startBridge()) {
            register(bridge);
            JsonObject polls = HttpApi.json(bridge.api().get("/api/printers/" + id + "/polls"), 200);
            assertThat(polls.getString("mode")).isEqualTo(mode());
        }
    }

    /** The first reading of a printer without a previous print is idle. */
    @BeforeEach
    void restartKlippy() {
        printer.killKlippy();
        printer.restartKlippy();
    }

    @Test
    void thumbnailIsTheOneThatTheSlicerEmbedded() throws Exception {
        byte[] png = SimulatedPicture.thumbnail("clip.gcode").getBytes();
        try (RunningBridge bridge = startBridge()) {
            register(bridge);
            assertThat(picture(bridge).statusCode()).isEqualTo(404);

            printer.printWithThumbnail("set 1", "clip & part.gcode", png, 30);
            bridge.api().await(id, "printing", status -> status.getJsonObject("job") != null);
            Await.until("the file is scanned", () -> printer.hasScanned("set%201/clip%20%26%20part.gcode"));

            HttpResponse<byte[]> picture = picture(bridge);
            assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
            assertThat(picture.body()).isEqualTo(png);
        }
    }

    private HttpResponse<byte[]> picture(RunningBridge bridge) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + bridge.httpPort() + "/api/printers/" + id + "/thumbnail");
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    }

    @Test
    void printIsFollowedFromStartToFinish() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            registerWithDetection(bridge);

            printer.print("clip.gcode", 5);
            bridge.api().awaitState(id, "preparing");
            assertThat(printer.state()).isEqualTo("printing");
            JsonObject ours = bridge.api().awaitProgress(id, 20);
            JsonObject card = printer.object("virtual_sdcard");
            JsonObject nozzle = printer.object("extruder");
            assertThat(ours.getJsonObject("job").getString("file"))
                    .isEqualTo(printer.object("print_stats").getString("filename"))
                    .isEqualTo("clip.gcode");
            assertThat(HttpApi.progress(ours)).isCloseTo(card.getDouble("progress") * 100, within(30.0));
            assertThat(ours.getJsonObject("temperatures")
                            .getJsonObject("nozzle")
                            .getDouble("target"))
                    .isEqualTo(nozzle.getDouble("target"))
                    .isEqualTo(215.0);

            JsonObject finished = bridge.api().awaitState(id, "finished");
            assertThat(printer.state()).isEqualTo("complete");
            assertThat(printer.newestPrint()).isEqualTo("clip.gcode completed");
            assertThat(HttpApi.lastJob(finished)).isEqualTo("clip.gcode finished");
            assertThat(bridge.awaitPrinterEvents(user, id, 2)).containsExactly("print_started", "print_finished");
        }
    }

    @Test
    void filamentRunoutPausesUntilItIsResumedAtThePrinter() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            register(bridge);
            printer.print("stand v2 – grün.gcode", 6);
            bridge.api().awaitState(id, "printing");

            printer.run("FILAMENT_RUNOUT");
            JsonObject paused = bridge.api().awaitState(id, "paused");
            assertThat(paused.getString("message"))
                    .isEqualTo(printer.object("display_status").getString("message"))
                    .isEqualTo("Filament runout");
            printer.run("RESUME");
            JsonObject finished = bridge.api().awaitState(id, "finished");
            assertThat(HttpApi.lastJob(finished)).isEqualTo("stand v2 – grün.gcode finished");
            assertThat(bridge.awaitPrinterEvents(user, id, 4))
                    .containsExactly("print_started", "print_paused", "print_resumed", "print_finished");
        }
    }

    @Test
    void printLostWithTheMicrocontrollerFailsAndIsNotPaused() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            register(bridge);
            printer.print("lost.gcode", 90);
            bridge.api().awaitState(id, "printing");

            printer.run("LOSE_MCU");
            JsonObject failed = bridge.api().awaitState(id, "error");
            assertThat(printer.klippyState()).isEqualTo("shutdown");
            assertThat(failed.getString("message")).isEqualTo("Lost communication with MCU 'mcu'");
            assertThat(HttpApi.lastJob(failed)).isEqualTo("lost.gcode failed");
            printer.restartFirmware();
            bridge.api().awaitState(id, "idle");
            assertThat(bridge.printerEvents(user.catchUp(), id))
                    .filteredOn(event -> event.startsWith("print_"))
                    .containsExactly("print_started", "print_failed");
        }
    }

    @Test
    void lostKlippyIsOfflineAndComesBack() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            register(bridge);
            printer.print("cut.gcode", 90);
            bridge.api().awaitState(id, "printing");

            printer.killKlippy();
            JsonObject offline = bridge.api().awaitOffline(id, "disconnected");
            assertThat(offline.getJsonObject("job").getBoolean("stale")).isTrue();
            bridge.awaitAvailability(user, id, "\"reason\":\"disconnected\"");
            printer.restartKlippy();
            JsonObject back = bridge.api().awaitState(id, "idle");
            assertThat(printer.state()).isEqualTo("standby");
            assertThat(back.getJsonObject("last_job").getString("file")).isEqualTo("cut.gcode");
            bridge.awaitAvailability(user, id, "{\"state\":\"online\"}");
            bridge.awaitPrinterEvents(user, id, 3);
            assertThat(bridge.printerEvents(user.catchUp(), id))
                    .containsExactly("print_started", "printer_offline", "printer_online");
        }
    }

    @Test
    void rejectedKeyIsReportedUntilItIsCorrected() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            JsonObject refused = registerWithWrongKey(bridge, "wrong");
            assertThat(refused.getString("message")).contains("API key");
            changeCredentials(bridge, key(printer.apiKey()));
            bridge.api().awaitState(id, "idle");
            bridge.awaitAvailability(user, id, "{\"state\":\"online\"}");
            bridge.awaitPrinterEvents(user, id, 1);
            assertThat(bridge.printerEvents(user.catchUp(), id)).containsExactly("printer_online");
        }
    }
}
