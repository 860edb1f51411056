package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.PrusaLink;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole bridge and a real PrusaLink of a Raspberry Pi, compared at every step. */
class PrusaLinkIT extends RealPrinterContract<PrusaLink> {
    PrusaLinkIT() {
        super(
                "mk3s",
                "MK3S",
                "prusalink",
                new ServerStates(Set.of("PAUSED"), Set.of("PRINTING"), Set.of("STOPPED"), "cancelled"));
    }

    @Override
    PrusaLink start(Path base) {
        return PrusaLink.start();
    }

    @AfterEach
    void resetPrinter() {
        printer.attend();
        if (printer.state().equals("ERROR")) {
            printer.switchOn();
        }
        printer.cancelPrint();
        printer.awaitIdle();
    }

    @Test
    void printIsFollowedFromStartToFinish() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            registerWithDetection(bridge);

            printer.print("clip.gcode", 8);
            bridge.api()
                    .await(
                            id,
                            "the target temperature of the file",
                            status -> target(status) == 215 && printer.printer().getDouble("target_nozzle") == 215);
            JsonObject ours = bridge.api().awaitProgress(id, 20);
            JsonObject theirs = Objects.requireNonNull(printer.job());
            assertThat(ours.getJsonObject("job").getString("id"))
                    .isEqualTo(theirs.getValue("id").toString());
            assertThat(ours.getJsonObject("job").getString("file"))
                    .isEqualTo(theirs.getJsonObject("file").getString("display_name"))
                    .isEqualTo("clip.gcode");
            assertThat(HttpApi.progress(ours)).isCloseTo(theirs.getDouble("progress"), within(35.0));
            JsonObject finished = bridge.api().awaitState(id, "finished");
            assertThat(printer.state()).isEqualTo("FINISHED");
            assertThat(HttpApi.lastJob(finished)).isEqualTo("clip.gcode finished");
            assertThat(bridge.awaitPrinterEvents(user, id, 2)).containsExactly("print_started", "print_finished");
        }
    }

    @Test
    void attentionIsReportedUntilItIsCleared() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            register(bridge);
            printer.print("colours.gcode", 90);
            bridge.api().awaitState(id, "printing");

            printer.wantAttention();
            bridge.api().awaitState(id, "attention");
            assertThat(printer.state()).isEqualTo("ATTENTION");
            printer.attend();
            bridge.api().awaitState(id, "printing");
            assertThat(printer.state()).isEqualTo("PRINTING");
            printer.cancelPrint();
            bridge.api().awaitState(id, "cancelled");
            assertThat(bridge.awaitPrinterEvents(user, id, 4))
                    .containsExactly("print_started", "attention", "attention_cleared", "print_cancelled");
        }
    }

    @Test
    void printerThatIsSwitchedOffIsOfflineAndComesBack() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            register(bridge);

            printer.switchOff();
            bridge.api().awaitOffline(id, "disconnected");
            assertThat(printer.printer().getJsonObject("status_printer").getBoolean("ok"))
                    .isFalse();
            bridge.awaitAvailability(user, id, "\"reason\":\"disconnected\"");
            printer.switchOn();
            bridge.api().awaitState(id, "idle");
            bridge.awaitAvailability(user, id, "{\"state\":\"online\"}");
            bridge.awaitPrinterEvents(user, id, 2);
            assertThat(bridge.printerEvents(user.catchUp(), id)).containsExactly("printer_offline", "printer_online");
        }
    }

    @Test
    void rejectedKeyIsReportedUntilItIsCorrected() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            JsonObject refused = registerWithWrongKey(bridge, "wrong");
            assertThat(refused.getString("message")).contains("key");
            changeCredentials(bridge, login("not-the-password"));
            refused = bridge.api().awaitOffline(id, "auth");
            assertThat(refused.getString("message")).doesNotContain("not-the-password");
            changeCredentials(bridge, login(PrusaLink.PASSWORD));
            bridge.api().awaitState(id, "idle");
            bridge.awaitAvailability(user, id, "{\"state\":\"online\"}");
            bridge.awaitPrinterEvents(user, id, 1);
            assertThat(bridge.printerEvents(user.catchUp(), id)).containsExactly("printer_online");
        }
    }

    private static JsonObject login(String password) {
        return new JsonObject().put("username", PrusaLink.USERNAME).put("password", password);
    }

    /** -1 if unknown. */
    private static double target(JsonObject status) {
        JsonObject nozzle = status.getJsonObject("temperatures").getJsonObject("nozzle");
        return nozzle == null ? -1 : nozzle.getDouble("target", -1.0);
    }
}
