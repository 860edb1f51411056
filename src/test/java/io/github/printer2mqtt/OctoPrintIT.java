package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.OctoPrint;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole bridge and a real OctoPrint with its virtual printer, compared at every step. */
class OctoPrintIT extends RealPrinterContract<OctoPrint> {
    OctoPrintIT() {
        super(
                "ender",
                "Ender",
                "octoprint",
                new ServerStates(Set.of("Paused"), Set.of("Printing", "Resuming"), Set.of("Operational"), "idle"));
    }

    @Override
    OctoPrint start(Path base) {
        OctoPrint started = OctoPrint.start(base);
        started.connectPrinter();
        return started;
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

    @BeforeEach
    void awaitVirtualPrinter() {
        if (printer.state().equals("Offline")) {
            printer.connectPrinter();
        }
        Await.until("OctoPrint is operational", () -> printer.state().equals("Operational"));
        Await.until(
                "the virtual printer has reported its temperatures",
                () -> printer.temperatures().containsKey("tool0"));
    }

    @Test
    void printIsFollowedFromStartToFinish() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            registerWithDetection(bridge);

            printer.print("clip.gcode", 6);
            JsonObject printing = bridge.api().awaitProgress(id, 5);
            JsonObject theirs = printer.job();
            JsonObject ours = bridge.api().status(id).getJsonObject("job");
            assertThat(ours.getString("file")).isEqualTo(theirFile(theirs)).isEqualTo("clip.gcode");
            assertThat(ours.getDouble("progress"))
                    .isCloseTo(theirs.getJsonObject("progress").getDouble("completion"), within(35.0));
            assertThat(printing.getString("raw_state")).startsWith("Printing");
            assertThat(printing.getJsonObject("temperatures").getJsonObject("nozzle"))
                    .isNotNull();

            JsonObject finished = bridge.api().awaitState(id, "finished");
            assertThat(printer.job().getJsonObject("progress").getDouble("completion"))
                    .isEqualTo(100.0);
            assertThat(HttpApi.lastJob(finished)).isEqualTo("clip.gcode finished");
            assertThat(finished.getJsonObject("last_job").getString("ended_at")).isNotNull();
            assertThat(bridge.awaitPrinterEvents(user, id, 2)).containsExactly("print_started", "print_finished");
            user.await(
                    bridge.topic("printers/" + id + "/state"),
                    heard -> heard.json().getString("state").equals("finished"));
        }
    }

    @Test
    void printCancelledInOctoPrintIsCancelled() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            register(bridge);
            printer.print("bracket.gcode", 60);
            bridge.api().awaitState(id, "printing");
            printer.cancelPrint();
            bridge.api()
                    .await(
                            id,
                            "bracket.gcode is cancelled",
                            status -> HttpApi.lastJob(status).equals("bracket.gcode cancelled"));
            bridge.api().awaitState(id, "idle");
            assertThat(printer.state()).isEqualTo("Operational");
            assertThat(bridge.awaitPrinterEvents(user, id, 2)).containsExactly("print_started", "print_cancelled");
        }
    }

    @Test
    void temperaturesAndHomingReachThePrinter() {
        try (RunningBridge bridge = startBridge()) {
            register(bridge);

            HttpApi.json(command(bridge, "nozzle_temperature", "{\"target\":205}"), 202);
            HttpApi.json(command(bridge, "bed_temperature", "{\"target\":55}"), 202);
            bridge.api()
                    .await(
                            id,
                            "heater targets",
                            status -> target(status, "nozzle") == 205 && target(status, "bed") == 55);
            JsonObject theirs = printer.temperatures();
            assertThat(theirs.getJsonObject("tool0").getDouble("target")).isEqualTo(205.0);
            assertThat(theirs.getJsonObject("bed").getDouble("target")).isEqualTo(55.0);
            HttpApi.json(command(bridge, "home", "{\"axes\":[\"x\",\"y\"]}"), 202);
            HttpApi.json(bridge.api().command(id, "home"), 202);

            HttpApi.json(command(bridge, "nozzle_temperature", "{\"target\":0}"), 202);
            HttpApi.json(command(bridge, "bed_temperature", "{\"target\":0}"), 202);
            bridge.api().await(id, "off", status -> target(status, "nozzle") == 0 && target(status, "bed") == 0);
            awaitRest(bridge.api());
        }
    }

    @Test
    void emergencyStopEndsThePrint() {
        try (RunningBridge bridge = startBridge()) {
            register(bridge);
            printer.print("stopped.gcode", 90);
            bridge.api().awaitState(id, "printing");
            HttpApi.json(bridge.api().command(id, "home"), 409);

            HttpApi.json(bridge.api().command(id, "emergency_stop"), 202);
            JsonObject stopped = bridge.api().awaitState(id, "error");
            assertThat(printer.state()).isEqualTo("Offline after error");
            assertThat(HttpApi.lastJob(stopped)).isEqualTo("stopped.gcode failed");
            printer.connectPrinter();
            bridge.api().awaitState(id, "idle");
        }
    }

    @Test
    void printLostWithItsConnectionHasNoResult() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            register(bridge);
            printer.print("cut.gcode", 90);
            bridge.api().awaitState(id, "printing");

            printer.disconnectPrinter();
            JsonObject offline = bridge.api().awaitOffline(id, "disconnected");
            assertThat(offline.getJsonObject("job").getString("file")).isEqualTo("cut.gcode");
            assertThat(offline.getJsonObject("job").getBoolean("stale")).isTrue();
            printer.connectPrinter();
            JsonObject back = bridge.api().awaitState(id, "idle");
            assertThat(printer.state()).isEqualTo("Operational");
            assertThat(HttpApi.lastJob(back)).isEqualTo("cut.gcode unknown");
            bridge.awaitPrinterEvents(user, id, 3);
            assertThat(bridge.printerEvents(user.catchUp(), id))
                    .containsExactly("print_started", "printer_offline", "printer_online");
        }
    }

    @Test
    void lostPrinterAndLostServerAreDistinguished() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            register(bridge);

            printer.disconnectPrinter();
            bridge.api().awaitOffline(id, "disconnected");
            bridge.awaitAvailability(user, id, "\"reason\":\"disconnected\"");
            printer.connectPrinter();
            awaitRest(bridge.api());

            printer.kill();
            JsonObject gone = bridge.api()
                    .await(
                            id,
                            "offline",
                            status -> "offline".equals(status.getString("state"))
                                    && !"disconnected".equals(HttpApi.reason(status)));
            assertThat(HttpApi.reason(gone)).isIn("refused", "timeout");
            printer.start();
            bridge.api().awaitOffline(id, "disconnected");
            printer.connectPrinter();
            awaitRest(bridge.api());
            bridge.awaitAvailability(user, id, "{\"state\":\"online\"}");
            bridge.awaitPrinterEvents(user, id, 4);
            assertThat(bridge.printerEvents(user.catchUp(), id))
                    .containsExactly("printer_offline", "printer_online", "printer_offline", "printer_online");
        }
    }

    @Test
    void rejectedKeyIsReportedUntilItIsCorrected() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            JsonObject refused = registerWithWrongKey(bridge, "WRONGWRONGWRONGWRONGWRONGWRONG12");
            assertThat(refused.getString("message")).contains("API key").doesNotContain("WRONG");
            assertThat(refused.getJsonObject("poll").getInteger("failures")).isEqualTo(1);
            changeCredentials(bridge, key(printer.apiKey()));
            awaitRest(bridge.api());
            bridge.awaitAvailability(user, id, "{\"state\":\"online\"}");
            bridge.awaitPrinterEvents(user, id, 1);
            assertThat(bridge.printerEvents(user.catchUp(), id)).containsExactly("printer_online");
        }
    }

    private HttpResponse<String> command(RunningBridge bridge, String verb, String arguments) {
        return bridge.api().send("POST", "/api/printers/" + id + "/commands/" + verb, arguments);
    }

    /** -1 if unknown. */
    private static double target(JsonObject status, String heater) {
        JsonObject found = status.getJsonObject("temperatures").getJsonObject(heater);
        Double target = found == null ? null : found.getDouble("target");
        return target == null ? -1 : target;
    }

    /** Idle, or finished while OctoPrint still shows the previous print. */
    @Override
    void awaitRest(HttpApi api) {
        JsonObject progress = printer.job().getJsonObject("progress");
        Double completion = progress.getDouble("completion");
        api.awaitState(id, completion != null && completion == 100 ? "finished" : "idle");
    }

    private static String theirFile(JsonObject job) {
        return job.getJsonObject("job").getJsonObject("file").getString("name");
    }
}
