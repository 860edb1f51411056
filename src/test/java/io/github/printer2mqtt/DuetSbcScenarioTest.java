package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.duet.DuetSbcSimulator;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import org.junit.jupiter.api.Test;

/** A board with DuetSoftwareFramework. */
class DuetSbcScenarioTest extends PolledPrinterContract {
    @Override
    ProtocolSimulator simulator(SimulatedPrinter machine) {
        return new DuetSbcSimulator(machine, SimulatedPrinters.KEY);
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
    void wrongPasswordIsOfflineWithReasonAuth() {
        changeKey("wrong");
        assertThat(bridge.api().awaitOffline(id, "auth").getString("message")).contains("M551");
    }
}
