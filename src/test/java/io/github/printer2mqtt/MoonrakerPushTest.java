package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class MoonrakerPushTest extends KeyedPushContract {
    MoonrakerPushTest() {
        super(1);
    }

    @Override
    ProtocolSimulator simulate(SimulatedPrinter simulated, String key) {
        return new MoonrakerSimulator(simulated, key);
    }

    @Test
    void cancelledAndFailedPrintsAreDistinguished() {
        startPrinting();
        printer.cancel();
        bridge.api().awaitState(id, "cancelled");
        printer.clear();
        bridge.api().awaitState(id, "idle");
        startPrinting();
        printer.fail("Move out of range");
        JsonObject failed = bridge.api().awaitState(id, "error");

        assertThat(failed.getString("message")).isEqualTo("Move out of range");
        assertThat(events(4)).containsExactly("print_started", "print_cancelled", "print_started", "print_failed");
    }

    @Test
    void restartOfKlippyIsFollowedOnTheSameConnection() {
        startPrinting();
        printer.disconnect();
        bridge.api().awaitOffline(id, "disconnected");
        printer.connect();
        bridge.api().awaitState(id, "idle");
        startPrinting();

        assertThat(events(4)).containsExactly("print_started", "printer_offline", "printer_online", "print_started");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void shutdownOfKlippyFailsThePrint() {
        startPrinting();
        printer.emergencyStop();
        JsonObject stopped = bridge.api().awaitState(id, "error");
        assertThat(stopped.getString("message")).isEqualTo("Shutdown due to webhooks request");
        printer.clear();
        bridge.api().awaitState(id, "idle");

        assertThat(events(2)).containsExactly("print_started", "print_failed");
        assertThat(server.connections()).isEqualTo(1);
    }
}
