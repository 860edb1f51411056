package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.creality.CrealitySimulator;
import io.github.printer2mqtt.simulator.creality.CrealitySimulator.Model;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A Creality K1C, whose result stays until the next print. */
class CrealityPushTest extends PushContract {
    CrealityPushTest() {
        super(1);
    }

    @Override
    ProtocolSimulator simulate(SimulatedPrinter simulated, String key) {
        return new CrealitySimulator(simulated, Model.K1C);
    }

    /** On an open connection 10 s of silence do not show. */
    @Override
    @Test
    void silentPrinterIsOfflineUntilItAnswers() {
        Await.done(server.behave(Behaviour.refusing()));

        super.silentPrinterIsOfflineUntilItAnswers();
    }

    @Test
    void cancelledAndFailedPrintsAreDistinguished() {
        startPrinting();
        HttpApi.json(bridge.api().command(id, "cancel"), 202);
        bridge.api().awaitState(id, "cancelled");
        startPrinting();
        printer.fail("heater");
        JsonObject failed = bridge.api().awaitState(id, "error");

        assertThat(failed.getString("message")).isEqualTo("A heater does not heat as expected (4)");
        assertThat(failed.getJsonArray("problems").getJsonObject(0).getString("code"))
                .isEqualTo("4");
        assertThat(events(4)).containsExactly("print_started", "print_cancelled", "print_started", "print_failed");
    }

    @Test
    void commandsUseTheConnectionAndAreSeenInTheStatus() {
        startPrinting();
        HttpApi.json(bridge.api().command(id, "pause"), 202);
        bridge.api().awaitState(id, "paused");
        HttpApi.json(bridge.api().command(id, "resume"), 202);
        bridge.api().awaitState(id, "printing");

        assertThat(bridge.api().command(id, "home").statusCode()).isEqualTo(501);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(events(3)).containsExactly("print_started", "print_paused", "print_resumed");
    }

    @Test
    void runOutIsForAPersonAndEndsNoPrint() {
        CrealitySimulator simulator = (CrealitySimulator) server.simulator();
        startPrinting();
        simulator.setOutOfFilament(true);
        JsonObject waiting = bridge.api().awaitState(id, "attention");
        simulator.setOutOfFilament(false);
        bridge.api().awaitState(id, "printing");

        assertThat(waiting.getString("message")).isEqualTo("Filament ran out");
        assertThat(events(3)).containsExactly("print_started", "attention", "attention_cleared");
    }

    @Test
    void printGoesOnOverARestartOfTheBridge() {
        startPrinting();
        assertThat(events(1)).containsExactly("print_started");
        restartBridge(() -> {});
        bridge.api().awaitState(id, "printing");
        pass(Duration.ofHours(2));
        JsonObject finished = bridge.api().awaitState(id, "finished");

        assertThat(HttpApi.lastJob(finished)).isEqualTo("clip.gcode finished");
        assertThat(events(2)).containsExactly("print_started", "print_finished");
    }

    @Test
    void printThatEndedDuringARestartOfTheBridgeIsNoEvent() {
        startPrinting();
        assertThat(events(1)).containsExactly("print_started");
        restartBridge(() -> pass(Duration.ofHours(2)));
        JsonObject finished = bridge.api().awaitState(id, "finished");

        assertThat(HttpApi.lastJob(finished)).isEqualTo("clip.gcode finished");
        assertThat(events(1)).containsExactly("print_started");
    }

    @Test
    void floodCostsNoMoreThanAChangeATick() {
        startPrinting();
        double before = counter("push_readings_total");
        double messagesBefore = counter("push_messages_total");
        long start = System.nanoTime();
        ((CrealitySimulator) server.simulator()).flood(5);
        Await.until("300 messages", () -> counter("push_messages_total") >= messagesBefore + 300);
        double seconds = (System.nanoTime() - start) / 1e9;

        assertThat(counter("push_readings_total") - before)
                .as("four readings a second and what was saved up before")
                .isLessThanOrEqualTo(seconds * 4 + 8);
        assertThat(server.connections()).isEqualTo(1);
    }

    private double counter(String name) {
        return bridge.api()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("printer2mqtt_" + name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }
}
