package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.bambu.BambuReply;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedBambu;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A simulated Bambu Lab printer at a running bridge: every state, and exactly the right events. */
@Timeout(90)
class BambuLifecycleTest {
    private static final String ID = "p1s";
    private static final int RUNOUT = 0x0300_8015;
    private static final int CANCEL_ECHO = 0x0300_400C;

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final SimulatedBambu printer = SimulatedBambu.start(vertx);

    @SuppressWarnings("NullAway.Init") // before each test
    private RunningBridge bridge;

    @SuppressWarnings("NullAway.Init") // before each test
    private TestSubscriber user;

    @BeforeEach
    void start() {
        bridge = RunningBridge.start(RunningBridge.patientConfiguration(folder));
        user = bridge.listen();
        bridge.api()
                .register(new JsonObject()
                        .put("id", ID)
                        .put("name", "P1S")
                        .put("driver", "bambu")
                        .put("address", "127.0.0.1:" + printer.port())
                        .put(
                                "tls",
                                new JsonObject()
                                        .put(
                                                "fingerprint",
                                                SimulatedBambu.certificate().fingerprint()))
                        .put(
                                "credentials",
                                new JsonObject()
                                        .put("username", SimulatedBambu.SERIAL)
                                        .put("password", SimulatedBambu.CODE)));
        bridge.api().awaitState(ID, "idle");
    }

    @AfterEach
    void stop() {
        user.close();
        bridge.close();
        printer.close();
        Await.done(vertx.close());
    }

    @Test
    void printFromStartToEndWithAPauseAndARunOut() {
        startPrinting("clip");
        printer.report("gcode_state", "PAUSE", "stg_cur", 16);
        bridge.api().awaitState(ID, "paused");
        printer.report("gcode_state", "RUNNING", "stg_cur", 0);
        bridge.api().awaitState(ID, "printing");
        printer.report("gcode_state", "PAUSE", "print_error", RUNOUT);
        JsonObject waiting = bridge.api().awaitState(ID, "attention");
        printer.report("gcode_state", "RUNNING", "print_error", 0);
        bridge.api().awaitState(ID, "printing");
        printer.report("gcode_state", "FINISH", "mc_percent", 0, "layer_num", 0);
        JsonObject finished = bridge.api().awaitState(ID, "finished");

        assertThat(waiting.getString("message")).isEqualTo("Filament ran out (0300-8015)");
        assertThat(waiting.getJsonArray("problems").getJsonObject(0).getString("code"))
                .isEqualTo("0300-8015");
        assertThat(finished.getJsonObject("job").getDouble("progress")).isEqualTo(100);
        assertThat(events(6))
                .containsExactly(
                        "print_started",
                        "print_paused",
                        "print_resumed",
                        "attention",
                        "attention_cleared",
                        "print_finished");
        assertThat(printer.logins()).isEqualTo(1);
        assertThat(printer.requested("pushall")).isEqualTo(1);
    }

    @Test
    void cancelledFailedAndCalibrated() {
        startPrinting("clip");
        printer.report("gcode_state", "FAILED", "print_error", 0);
        bridge.api().awaitState(ID, "cancelled");
        printer.report("print_error", CANCEL_ECHO);
        printer.report("print_error", 0, "bed_temper", 29);
        bridge.api()
                .await(
                        ID,
                        "the last report",
                        status -> status.getJsonObject("temperatures")
                                        .getJsonObject("bed")
                                        .getDouble("actual")
                                == 29);
        startPrinting("lid");
        printer.report("gcode_state", "FAILED", "print_error", 0x0300_8014);
        JsonObject failed = bridge.api().awaitState(ID, "error");
        printer.report("gcode_state", "RUNNING", "print_error", 0, "print_type", "system");
        bridge.api().awaitState(ID, "busy");
        printer.report("gcode_state", "FINISH");
        JsonObject calibrated = bridge.api().awaitState(ID, "idle");

        assertThat(failed.getString("message")).contains("0300-8014");
        assertThat(HttpApi.lastJob(calibrated)).contains("failed");
        assertThat(events(4)).containsExactly("print_started", "print_cancelled", "print_started", "print_failed");
    }

    @Test
    void cutDuringAPrintCausesNoEvents() {
        startPrinting("clip");
        printer.change("mc_percent", 61);
        printer.dropConnections();
        bridge.api().awaitProgress(ID, 60);
        printer.dropConnections();
        printer.change("gcode_state", "FINISH");
        bridge.api().awaitState(ID, "finished");

        assertThat(events(1)).containsExactly("print_started");
    }

    @Test
    void printerThatIsSwitchedOffComesBack() {
        printer.switchOff();
        bridge.api().awaitOffline(ID, "refused");
        printer.switchOn();
        bridge.api().awaitState(ID, "idle");

        assertThat(events(2)).containsExactly("printer_offline", "printer_online");
    }

    @Test
    void changedCodeIsShownAtOnce() {
        printer.setCode("87654321");
        printer.dropConnections();

        assertThat(bridge.api().awaitOffline(ID, "auth").getString("message")).isNotNull();
    }

    @Test
    void commandsAreAnsweredAndLoseTheirCapabilityWithoutDeveloperMode() {
        startPrinting("clip");
        assertThat(bridge.api().command(ID, "pause").statusCode()).isEqualTo(202);
        assertThat(printer.requested("pause")).isEqualTo(1);

        printer.setReply(BambuReply.UNSIGNED);
        assertThat(bridge.api().command(ID, "cancel").body()).contains("Developer mode");

        JsonObject status = bridge.api()
                .await(
                        ID,
                        "light only",
                        found -> found.getJsonArray("capabilities").size() == 1);
        assertThat(status.getJsonArray("capabilities")).containsExactly("light");
        assertThat(bridge.api().command(ID, "pause").statusCode()).isEqualTo(501);
    }

    private void startPrinting(String name) {
        printer.report("gcode_state", "PREPARE", "subtask_name", name, "print_type", "local");
        bridge.api().awaitState(ID, "preparing");
        printer.report("gcode_state", "RUNNING", "mc_percent", 5, "layer_num", 3, "total_layer_num", 90);
        bridge.api().awaitState(ID, "printing");
    }

    /** Without those of the plate. */
    private List<String> events(int count) {
        Await.until(count + " events", () -> ofPrinter().size() >= count);
        return ofPrinter();
    }

    private List<String> ofPrinter() {
        return bridge.awaitEvents(user, ID, 0).stream()
                .filter(type -> !type.startsWith("plate"))
                .toList();
    }
}
