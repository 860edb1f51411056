package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.duet.DuetSbcSimulator;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.HttpApi;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A board with DuetSoftwareFramework, over its web socket. */
class DuetPushTest extends KeyedPushContract {
    DuetPushTest() {
        super(2); // the login is by HTTP
    }

    @Override
    ProtocolSimulator simulate(SimulatedPrinter simulated, String key) {
        return new DuetSbcSimulator(simulated, key);
    }

    @Override
    String stateOfFinished() {
        return "idle";
    }

    /** What the flags say of it is said of any last print. */
    @Override
    String resultOfUnseenEnd() {
        return "unknown";
    }

    @Override
    String nameOfKey() {
        return "M551";
    }

    @Override
    int connectionsWithWrongKey() {
        return 1; // of the login
    }

    @Test
    void cancelledAndFailedPrintsAreDistinguishedFromTheOneBefore() {
        startPrinting();
        HttpApi.json(bridge.api().command(id, "cancel"), 202);
        JsonObject cancelled = bridge.api().awaitState(id, "idle");
        assertThat(HttpApi.lastJob(cancelled)).isEqualTo("clip.gcode cancelled");
        printer.clear();
        startPrinting();
        pass(Duration.ofHours(2));
        JsonObject finished = bridge.api().awaitState(id, "idle");
        assertThat(HttpApi.lastJob(finished))
                .as("the flags still said cancelled at its end")
                .isEqualTo("clip.gcode finished");
        printer.clear();
        startPrinting();
        printer.fail("Heater 1 fault: temperature excursion too large");
        JsonObject failed = bridge.api().awaitState(id, "error");
        assertThat(HttpApi.lastJob(failed)).isEqualTo("clip.gcode failed");
        bridge.api()
                .await(
                        id,
                        "the reason, although the message was cleared",
                        status -> status.getString("message").contains("temperature excursion"));
        printer.clear();
        bridge.api().awaitState(id, "idle");

        assertThat(events(7))
                .containsExactly(
                        "print_started",
                        "print_paused",
                        "print_cancelled",
                        "print_started",
                        "print_finished",
                        "print_started",
                        "print_failed");
        assertThat(mode()).isEqualTo("push null");
    }

    @Test
    void dialogWaitsForAPersonAndEndsNoPrint() {
        startPrinting();
        printer.attention();
        JsonObject waiting = bridge.api().awaitState(id, "attention");
        assertThat(waiting.getString("message")).isEqualTo("Filament change: Insert filament");
        printer.clear();
        bridge.api().awaitState(id, "printing");

        assertThat(events(3)).containsExactly("print_started", "attention", "attention_cleared");
    }

    @Test
    void boardWithoutPowerIsFollowedOnTheSameConnection() {
        startPrinting();
        printer.disconnect();
        JsonObject offline = bridge.api().awaitOffline(id, "disconnected");
        assertThat(offline.getJsonObject("job").getBoolean("stale")).isTrue();
        printer.connect();
        JsonObject back = bridge.api().awaitState(id, "idle");
        assertThat(HttpApi.lastJob(back)).isEqualTo("clip.gcode unknown");
        startPrinting();

        assertThat(events(4)).containsExactly("print_started", "printer_offline", "printer_online", "print_started");
        assertThat(server.connections()).isEqualTo(connectionsPerConnect);
        assertThat(mode()).isEqualTo("push null");
    }
}
