package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.duet.DuetSimulator;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A standalone board with RepRapFirmware 3.5. */
class DuetScenarioTest extends PolledPrinterContract {
    @Override
    ProtocolSimulator simulator(SimulatedPrinter machine) {
        return new DuetSimulator(machine, SimulatedPrinters.KEY);
    }

    @Override
    String stateOfFinished() {
        return "idle";
    }

    @Override
    String stateOfCancelled() {
        return "idle";
    }

    @Test
    void movingPrintIsPausedBeforeItIsCancelled() {
        startPrinting();
        HttpApi.json(bridge.api().command(id, "cancel"), 202);
        bridge.api().await(id, "cancelled", status -> HttpApi.lastJob(status).endsWith("cancelled"));

        assertThat(events(3)).containsExactly("print_started", "print_paused", "print_cancelled");
    }

    @Test
    void wrongPasswordIsOfflineWithReasonAuth() {
        changeKey("wrong");
        assertThat(bridge.api().awaitOffline(id, "auth").getString("message")).contains("M551");

        changeKey(SimulatedPrinters.KEY);
        bridge.api().awaitState(id, "idle");
    }

    @Test
    void boardIsPolledAndCouldNotDoBetter() {
        JsonObject polls = HttpApi.json(bridge.api().get("/api/printers/" + id + "/polls"), 200);
        assertThat(polls.getString("mode")).isEqualTo("poll");
        assertThat(polls.getString("fallback")).isNull();
        assertThat(bridge.api().get("/metrics").body())
                .contains("printer2mqtt_push_connects_total 0.0", "printer2mqtt_push_fallbacks_total 0.0");
    }

    @Test
    void boardWithoutMotorPowerIsDisconnected() {
        printer.disconnect();
        bridge.api().awaitOffline(id, "disconnected");
        printer.connect();
        bridge.api().awaitState(id, "idle");
    }
}
