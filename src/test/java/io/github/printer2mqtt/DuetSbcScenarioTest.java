package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.duet.DuetSbcSimulator;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A board with DuetSoftwareFramework whose web socket does not work, so that it is polled. */
class DuetSbcScenarioTest extends PolledPrinterContract {
    @Override
    ProtocolSimulator simulator(SimulatedPrinter machine) {
        return WebSocketFaults.with(WebSocketFaults.refused(), new DuetSbcSimulator(machine, SimulatedPrinters.KEY));
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
    void wayAndReasonAreShown() {
        JsonObject polls = HttpApi.json(bridge.api().get("/api/printers/" + id + "/polls"), 200);

        assertThat(polls.getString("mode")).isEqualTo("poll");
        assertThat(polls.getString("fallback")).isEqualTo("the web socket is refused (HTTP 403)");
    }

    @Test
    void wrongPasswordIsOfflineWithReasonAuth() {
        changeKey("wrong");
        assertThat(bridge.api().awaitOffline(id, "auth").getString("message")).contains("M551");
    }
}
