package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Moonraker;
import io.github.printer2mqtt.testing.PeerRegistration;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole bridge and a real Moonraker, compared at every step. */
@Timeout(120)
class MoonrakerIT {
    private static final String ID = "voron";

    private static @Nullable Moonraker shared;

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @BeforeAll
    static void startMoonraker(@TempDir Path base) {
        shared = Moonraker.start(base);
    }

    @AfterAll
    static void stopMoonraker() {
        if (shared != null) {
            shared.close();
        }
    }

    /** The first reading of a printer without a previous print is idle. */
    @BeforeEach
    void klipperIsFresh() {
        moonraker().killKlippy();
        moonraker().restartKlippy();
    }

    @Test
    void printIsFollowedFromStartToFinish() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            JsonObject registered = bridge.api().register(registration().with("auto"));
            assertThat(registered.getString("driver")).isEqualTo("moonraker");
            bridge.api().awaitState(ID, "idle");

            moonraker().print("clip.gcode", 5);
            bridge.api().awaitState(ID, "preparing");
            assertThat(moonraker().printState()).isEqualTo("printing");
            JsonObject ours = bridge.api().awaitProgress(ID, 20);
            JsonObject card = moonraker().object("virtual_sdcard");
            JsonObject nozzle = moonraker().object("extruder");
            assertThat(ours.getJsonObject("job").getString("file"))
                    .isEqualTo(moonraker().object("print_stats").getString("filename"))
                    .isEqualTo("clip.gcode");
            assertThat(HttpApi.progress(ours)).isCloseTo(card.getDouble("progress") * 100, within(30.0));
            assertThat(ours.getJsonObject("temperatures")
                            .getJsonObject("nozzle")
                            .getDouble("target"))
                    .isEqualTo(nozzle.getDouble("target"))
                    .isEqualTo(215.0);

            JsonObject finished = bridge.api().awaitState(ID, "finished");
            assertThat(moonraker().printState()).isEqualTo("complete");
            assertThat(moonraker().newestPrint()).isEqualTo("clip.gcode completed");
            assertThat(HttpApi.lastJob(finished)).isEqualTo("clip.gcode finished");
            assertThat(bridge.awaitEvents(user, ID, 2)).containsExactly("print_started", "print_finished");
        }
    }

    @Test
    void commandsPauseResumeAndCancelPrint() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            bridge.api().register(registration().with("moonraker"));
            bridge.api().awaitState(ID, "idle");
            HttpApi.json(bridge.api().command(ID, "pause"), 409);
            moonraker().print("spool.gcode", 90);
            bridge.api().awaitState(ID, "printing");

            HttpApi.json(bridge.api().command(ID, "pause"), 202);
            assertThat(moonraker().printState()).isEqualTo("paused");
            bridge.api().awaitState(ID, "paused");
            HttpApi.json(bridge.api().command(ID, "resume"), 202);
            assertThat(moonraker().printState()).isEqualTo("printing");
            bridge.api().awaitState(ID, "printing");
            HttpApi.json(bridge.api().command(ID, "cancel"), 202);
            assertThat(moonraker().printState()).isEqualTo("cancelled");
            JsonObject cancelled = bridge.api().awaitState(ID, "cancelled");
            assertThat(HttpApi.lastJob(cancelled)).isEqualTo("spool.gcode cancelled");
            assertThat(bridge.awaitEvents(user, ID, 4))
                    .containsExactly("print_started", "print_paused", "print_resumed", "print_cancelled");
        }
    }

    @Test
    void filamentRunoutPausesUntilItIsResumedAtThePrinter() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            bridge.api().register(registration().with("moonraker"));
            bridge.api().awaitState(ID, "idle");
            moonraker().print("stand v2 – grün.gcode", 6);
            bridge.api().awaitState(ID, "printing");

            moonraker().run("FILAMENT_RUNOUT");
            JsonObject paused = bridge.api().awaitState(ID, "paused");
            assertThat(paused.getString("message"))
                    .isEqualTo(moonraker().object("display_status").getString("message"))
                    .isEqualTo("Filament runout");
            moonraker().run("RESUME");
            JsonObject finished = bridge.api().awaitState(ID, "finished");
            assertThat(HttpApi.lastJob(finished)).isEqualTo("stand v2 – grün.gcode finished");
            assertThat(bridge.awaitEvents(user, ID, 4))
                    .containsExactly("print_started", "print_paused", "print_resumed", "print_finished");
        }
    }

    @Test
    void printLostWithTheMicrocontrollerFailsAndIsNotPaused() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            bridge.api().register(registration().with("moonraker"));
            bridge.api().awaitState(ID, "idle");
            moonraker().print("lost.gcode", 90);
            bridge.api().awaitState(ID, "printing");

            moonraker().run("LOSE_MCU");
            JsonObject failed = bridge.api().awaitState(ID, "error");
            assertThat(moonraker().klippyState()).isEqualTo("shutdown");
            assertThat(failed.getString("message")).isEqualTo("Lost communication with MCU 'mcu'");
            assertThat(HttpApi.lastJob(failed)).isEqualTo("lost.gcode failed");
            moonraker().restartFirmware();
            bridge.api().awaitState(ID, "idle");
            assertThat(bridge.events(user.catchUp(), ID))
                    .filteredOn(event -> event.startsWith("print_"))
                    .containsExactly("print_started", "print_failed");
        }
    }

    @Test
    void lostKlippyIsOfflineAndComesBack() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            bridge.api().register(registration().with("moonraker"));
            bridge.api().awaitState(ID, "idle");
            moonraker().print("cut.gcode", 90);
            bridge.api().awaitState(ID, "printing");

            moonraker().killKlippy();
            JsonObject offline = bridge.api().awaitOffline(ID, "disconnected");
            assertThat(offline.getJsonObject("job").getBoolean("stale")).isTrue();
            bridge.awaitAvailability(user, ID, "\"reason\":\"disconnected\"");
            moonraker().restartKlippy();
            JsonObject back = bridge.api().awaitState(ID, "idle");
            assertThat(moonraker().printState()).isEqualTo("standby");
            assertThat(back.getJsonObject("last_job").getString("file")).isEqualTo("cut.gcode");
            bridge.awaitAvailability(user, ID, "{\"state\":\"online\"}");
            bridge.awaitEvents(user, ID, 3);
            assertThat(bridge.events(user.catchUp(), ID))
                    .containsExactly("print_started", "printer_offline", "printer_online");
        }
    }

    @Test
    void wrongKeyIsOfflineWithReasonAuth() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            bridge.api().register(registration().with("moonraker", PeerRegistration.key("wrong")));
            JsonObject refused = bridge.api().awaitOffline(ID, "auth");
            assertThat(refused.getString("message")).contains("API key");
            registration().change(bridge.api(), PeerRegistration.key(moonraker().apiKey()));
            bridge.api().awaitState(ID, "idle");
            bridge.awaitAvailability(user, ID, "{\"state\":\"online\"}");
            assertThat(bridge.events(user.catchUp(), ID)).containsExactly("printer_online");
        }
    }

    private JsonObject configuration() {
        return RunningBridge.patientConfiguration(folder);
    }

    private static PeerRegistration registration() {
        return new PeerRegistration(ID, "Voron", moonraker().port(), moonraker().apiKey());
    }

    private static Moonraker moonraker() {
        if (shared == null) {
            throw new AssertionError("Moonraker was not started");
        }
        return shared;
    }
}
