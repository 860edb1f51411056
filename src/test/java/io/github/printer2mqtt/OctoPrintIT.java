package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.OctoPrint;
import io.github.printer2mqtt.testing.PeerRegistration;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole bridge and a real OctoPrint with its virtual printer, compared at every step. */
@Timeout(150)
class OctoPrintIT {
    private static final String ID = "ender";

    private static @Nullable OctoPrint shared;

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @BeforeAll
    static void startOctoPrint(@TempDir Path base) {
        OctoPrint started = OctoPrint.start(base);
        shared = started;
        started.connectPrinter();
    }

    @AfterAll
    static void stopOctoPrint() {
        if (shared != null) {
            shared.close();
        }
    }

    @BeforeEach
    void awaitVirtualPrinter() {
        if (octoPrint().state().equals("Offline")) {
            octoPrint().connectPrinter();
        }
        Await.until("OctoPrint is operational", () -> octoPrint().state().equals("Operational"));
        Await.until(
                "the virtual printer has reported its temperatures",
                () -> octoPrint().temperatures().containsKey("tool0"));
    }

    @Test
    void printIsFollowedFromStartToFinish() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            JsonObject found = bridge.api().register(registration().with("auto"));
            assertThat(found.getString("driver")).isEqualTo("octoprint");
            awaitAtRest(bridge.api());

            octoPrint().print("clip.gcode", 6);
            JsonObject printing = bridge.api().awaitProgress(ID, 5);
            JsonObject theirs = octoPrint().job();
            JsonObject ours = bridge.api().status(ID).getJsonObject("job");
            assertThat(ours.getString("file")).isEqualTo(theirFile(theirs)).isEqualTo("clip.gcode");
            assertThat(ours.getDouble("progress"))
                    .isCloseTo(theirs.getJsonObject("progress").getDouble("completion"), within(35.0));
            assertThat(printing.getString("raw_state")).startsWith("Printing");
            assertThat(printing.getJsonObject("temperatures").getJsonObject("nozzle"))
                    .isNotNull();

            JsonObject finished = bridge.api().awaitState(ID, "finished");
            assertThat(octoPrint().job().getJsonObject("progress").getDouble("completion"))
                    .isEqualTo(100.0);
            assertThat(HttpApi.lastJob(finished)).isEqualTo("clip.gcode finished");
            assertThat(finished.getJsonObject("last_job").getString("ended_at")).isNotNull();
            assertThat(bridge.awaitEvents(user, ID, 2)).containsExactly("print_started", "print_finished");
            user.await(
                    bridge.topic("printers/" + ID + "/state"),
                    heard -> heard.json().getString("state").equals("finished"));
        }
    }

    @Test
    void printCancelledInOctoPrintIsCancelled() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            bridge.api().register(registration().with("octoprint"));
            awaitAtRest(bridge.api());
            octoPrint().print("bracket.gcode", 60);
            bridge.api().awaitState(ID, "printing");
            octoPrint().cancelPrint();
            bridge.api()
                    .await(
                            ID,
                            "done with bracket.gcode",
                            status -> HttpApi.lastJob(status).equals("bracket.gcode cancelled"));
            bridge.api().awaitState(ID, "idle");
            assertThat(octoPrint().state()).isEqualTo("Operational");
            assertThat(bridge.awaitEvents(user, ID, 2)).containsExactly("print_started", "print_cancelled");
        }
    }

    @Test
    void temperaturesAndHomingReachThePrinter() {
        try (RunningBridge bridge = RunningBridge.start(configuration())) {
            bridge.api().register(registration().with("octoprint"));
            awaitAtRest(bridge.api());

            HttpApi.json(command(bridge, "nozzle_temperature", "{\"target\":205}"), 202);
            HttpApi.json(command(bridge, "bed_temperature", "{\"target\":55}"), 202);
            bridge.api()
                    .await(
                            ID,
                            "heater targets",
                            status -> target(status, "nozzle") == 205 && target(status, "bed") == 55);
            JsonObject theirs = octoPrint().temperatures();
            assertThat(theirs.getJsonObject("tool0").getDouble("target")).isEqualTo(205.0);
            assertThat(theirs.getJsonObject("bed").getDouble("target")).isEqualTo(55.0);
            HttpApi.json(command(bridge, "home", "{\"axes\":[\"x\",\"y\"]}"), 202);
            HttpApi.json(bridge.api().command(ID, "home"), 202);

            HttpApi.json(command(bridge, "nozzle_temperature", "{\"target\":0}"), 202);
            HttpApi.json(command(bridge, "bed_temperature", "{\"target\":0}"), 202);
            bridge.api().await(ID, "off", status -> target(status, "nozzle") == 0 && target(status, "bed") == 0);
            awaitAtRest(bridge.api());
        }
    }

    @Test
    void emergencyStopEndsThePrint() {
        try (RunningBridge bridge = RunningBridge.start(configuration())) {
            bridge.api().register(registration().with("octoprint"));
            awaitAtRest(bridge.api());
            octoPrint().print("stopped.gcode", 90);
            bridge.api().awaitState(ID, "printing");
            HttpApi.json(bridge.api().command(ID, "home"), 409);

            HttpApi.json(bridge.api().command(ID, "emergency_stop"), 202);
            JsonObject stopped = bridge.api().awaitState(ID, "error");
            assertThat(octoPrint().state()).isEqualTo("Offline after error");
            assertThat(HttpApi.lastJob(stopped)).isEqualTo("stopped.gcode failed");
            octoPrint().connectPrinter();
            bridge.api().awaitState(ID, "idle");
        }
    }

    @Test
    void commandsPauseResumeAndCancelPrint() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            bridge.api().register(registration().with("octoprint"));
            awaitAtRest(bridge.api());
            HttpApi.json(bridge.api().command(ID, "pause"), 409);
            octoPrint().print("spool.gcode", 90);
            bridge.api().awaitState(ID, "printing");

            HttpApi.json(bridge.api().command(ID, "pause"), 202);
            bridge.api().awaitState(ID, "paused");
            assertThat(octoPrint().state()).isEqualTo("Paused");
            HttpApi.json(bridge.api().command(ID, "resume"), 202);
            bridge.api().awaitState(ID, "printing");
            assertThat(octoPrint().state()).isIn("Printing", "Resuming");
            HttpApi.json(bridge.api().command(ID, "cancel"), 202);
            bridge.api()
                    .await(
                            ID,
                            "done with spool.gcode",
                            status -> HttpApi.lastJob(status).equals("spool.gcode cancelled"));
            Await.until(
                    "OctoPrint has finished the cancel",
                    () -> octoPrint().state().equals("Operational"));
            assertThat(bridge.awaitEvents(user, ID, 4))
                    .containsExactly("print_started", "print_paused", "print_resumed", "print_cancelled");
        }
    }

    @Test
    void printLostWithItsConnectionHasNoResult() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            bridge.api().register(registration().with("octoprint"));
            awaitAtRest(bridge.api());
            octoPrint().print("cut.gcode", 90);
            bridge.api().awaitState(ID, "printing");

            octoPrint().disconnectPrinter();
            JsonObject offline = bridge.api().awaitOffline(ID, "disconnected");
            assertThat(offline.getJsonObject("job").getString("file")).isEqualTo("cut.gcode");
            assertThat(offline.getJsonObject("job").getBoolean("stale")).isTrue();
            octoPrint().connectPrinter();
            JsonObject back = bridge.api().awaitState(ID, "idle");
            assertThat(octoPrint().state()).isEqualTo("Operational");
            assertThat(HttpApi.lastJob(back)).isEqualTo("cut.gcode unknown");
            bridge.awaitEvents(user, ID, 3);
            assertThat(bridge.events(user.catchUp(), ID))
                    .containsExactly("print_started", "printer_offline", "printer_online");
        }
    }

    @Test
    void lostPrinterAndLostServerAreDistinguished() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            bridge.api().register(registration().with("octoprint"));
            awaitAtRest(bridge.api());

            octoPrint().disconnectPrinter();
            bridge.api().awaitOffline(ID, "disconnected");
            bridge.awaitAvailability(user, ID, "\"reason\":\"disconnected\"");
            octoPrint().connectPrinter();
            awaitAtRest(bridge.api());

            octoPrint().kill();
            JsonObject gone = bridge.api()
                    .await(
                            ID,
                            "offline",
                            status -> "offline".equals(status.getString("state"))
                                    && !"disconnected".equals(HttpApi.reason(status)));
            assertThat(HttpApi.reason(gone)).isIn("refused", "timeout");
            octoPrint().start();
            bridge.api().awaitOffline(ID, "disconnected");
            octoPrint().connectPrinter();
            awaitAtRest(bridge.api());
            bridge.awaitAvailability(user, ID, "{\"state\":\"online\"}");
            bridge.awaitEvents(user, ID, 4);
            assertThat(bridge.events(user.catchUp(), ID))
                    .containsExactly("printer_offline", "printer_online", "printer_offline", "printer_online");
        }
    }

    @Test
    void wrongKeyIsOfflineWithReasonAuth() {
        try (RunningBridge bridge = RunningBridge.start(configuration());
                TestSubscriber user = bridge.listen()) {
            bridge.api()
                    .register(
                            registration().with("octoprint", PeerRegistration.key("WRONGWRONGWRONGWRONGWRONGWRONG12")));
            JsonObject refused = bridge.api().awaitOffline(ID, "auth");
            assertThat(refused.getString("message")).contains("API key").doesNotContain("WRONG");
            assertThat(refused.getJsonObject("poll").getInteger("failures")).isEqualTo(1);
            registration().change(bridge.api(), PeerRegistration.key(OctoPrint.API_KEY));
            awaitAtRest(bridge.api());
            bridge.awaitAvailability(user, ID, "{\"state\":\"online\"}");
            assertThat(bridge.events(user.catchUp(), ID)).containsExactly("printer_online");
        }
    }

    private JsonObject configuration() {
        return RunningBridge.patientConfiguration(folder);
    }

    private static PeerRegistration registration() {
        return new PeerRegistration(ID, "Ender", octoPrint().port(), OctoPrint.API_KEY);
    }

    private static HttpResponse<String> command(RunningBridge bridge, String verb, String arguments) {
        return bridge.api().send("POST", "/api/printers/" + ID + "/commands/" + verb, arguments);
    }

    /** -1 if unknown. */
    private static double target(JsonObject status, String heater) {
        JsonObject found = status.getJsonObject("temperatures").getJsonObject(heater);
        Double target = found == null ? null : found.getDouble("target");
        return target == null ? -1 : target;
    }

    /** Idle, or finished while OctoPrint still shows the previous print. */
    private static void awaitAtRest(HttpApi api) {
        JsonObject progress = octoPrint().job().getJsonObject("progress");
        Double completion = progress.getDouble("completion");
        api.awaitState(ID, completion != null && completion == 100 ? "finished" : "idle");
    }

    private static String theirFile(JsonObject job) {
        return job.getJsonObject("job").getJsonObject("file").getString("name");
    }

    private static OctoPrint octoPrint() {
        if (shared == null) {
            throw new AssertionError("OctoPrint was not started");
        }
        return shared;
    }
}
