package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.repetier.RepetierSimulator;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Repetier-Server with three printers, over its web socket. */
class RepetierPushTest extends KeyedPushContract {
    private static final List<String> OTHERS = List.of("second", "third");

    private final List<SimulatedPrinter> neighbours =
            List.of(SimulatedPrinters.machine("Second"), SimulatedPrinters.machine("Third"));

    RepetierPushTest() {
        super(1);
    }

    @Override
    ProtocolSimulator simulate(SimulatedPrinter simulated, String key) {
        return new RepetierSimulator(List.of(simulated, neighbours.get(0), neighbours.get(1)), key);
    }

    @Override
    JsonObject registration() {
        return super.registration().put("address", server.url() + "/Pushing");
    }

    /** The server knows no heating. */
    @Override
    String stateOfHeating() {
        return "printing";
    }

    @Override
    String stateOfFinished() {
        return "idle";
    }

    @Override
    String resultOfUnseenEnd() {
        return "unknown";
    }

    @Override
    int connectionsWithWrongKey() {
        return 1; // the web socket is refused without a login, and HTTP says why
    }

    @Test
    void cancelledAndFailedPrintsAreDistinguished() {
        startPrinting();
        pass(Duration.ofSeconds(3500));
        bridge.api().awaitProgress(id, 95);
        HttpApi.json(bridge.api().command(id, "cancel"), 202);
        JsonObject cancelled = bridge.api().awaitState(id, "idle");
        assertThat(HttpApi.lastJob(cancelled))
                .as("by the event, although it was nearly done")
                .isEqualTo("clip.gcode cancelled");
        printer.clear();
        startPrinting();
        printer.fail("Heating failed");
        JsonObject failed = bridge.api().awaitState(id, "error");
        assertThat(failed.getString("message")).contains("Heating failed");
        printer.clear();
        bridge.api().awaitState(id, "idle");

        assertThat(events(4)).containsExactly("print_started", "print_cancelled", "print_started", "print_failed");
    }

    @Test
    void changeOfFilamentIsForAPersonAndEndsNoPrint() {
        startPrinting();
        printer.attention();
        bridge.api().awaitState(id, "attention");
        printer.clear();
        bridge.api().awaitState(id, "printing");

        assertThat(events(3)).containsExactly("print_started", "attention", "attention_cleared");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void printerThatIsOffIsFollowedOnTheSameConnection() {
        startPrinting();
        printer.disconnect();
        bridge.api().awaitOffline(id, "disconnected");
        printer.connect();
        JsonObject back = bridge.api().awaitState(id, "idle");

        assertThat(HttpApi.lastJob(back)).isEqualTo("clip.gcode unknown");
        assertThat(events(3)).containsExactly("print_started", "printer_offline", "printer_online");
        assertThat(server.connections()).isEqualTo(1);
        assertThat(mode()).isEqualTo("push null");
    }

    @Test
    void printersOfOneServerShareItsWebSocket() {
        registerOthers();
        neighbours.get(0).start("vase.gcode", Duration.ofHours(1));
        JsonObject second = bridge.api().awaitState("second", "printing");

        assertThat(second.getJsonObject("job").getString("file")).isEqualTo("vase.gcode");
        assertThat(bridge.api().status("third").getString("state")).isEqualTo("idle");
        assertThat(server.connections()).isEqualTo(1);
        Await.until("one connection is left", () -> server.openConnections() == 1);
        OTHERS.forEach(other -> assertThat(mode(other)).isEqualTo("push null"));
    }

    @Test
    void removalOfThePrinterThatConnectedLeavesTheOthers() {
        registerOthers();
        neighbours.get(0).start("vase.gcode", Duration.ofHours(1));
        bridge.api().awaitState("second", "printing");

        assertThat(bridge.api().delete("/api/printers/" + id).statusCode()).isEqualTo(204);
        Await.until("another one has connected", () -> server.connections() == 2 && server.openConnections() == 1);
        bridge.api().awaitState("second", "printing");
        neighbours.get(0).pause();
        bridge.api().awaitState("second", "paused");

        assertThat(bridge.api().delete("/api/printers/third").statusCode()).isEqualTo(204);
        neighbours.get(0).resume();
        bridge.api().awaitState("second", "printing");
        assertThat(eventsOf("second", 3)).containsExactly("print_started", "print_paused", "print_resumed");
        Await.until("one connection is left", () -> server.openConnections() == 1);
        assertThat(mode("second")).isEqualTo("push null");
    }

    @Test
    void cutWebSocketIsOpenedOnceForAllPrinters() {
        registerOthers();
        Await.done(server.behave(Behaviour.refusing()));
        Await.done(server.behave(Behaviour.healthy()));

        OTHERS.forEach(other -> Await.until(
                other + " is followed again", () -> mode(other).equals("push null") && server.openConnections() == 1));
        neighbours.forEach(each -> each.start("vase.gcode", Duration.ofHours(1)));
        OTHERS.forEach(other -> bridge.api().awaitState(other, "printing"));
        assertThat(server.connections()).isEqualTo(2);
    }

    private void registerOthers() {
        for (int i = 0; i < OTHERS.size(); i++) {
            bridge.api()
                    .register(SimulatedPrinters.registration(OTHERS.get(i), server)
                            .put("name", OTHERS.get(i))
                            .put(
                                    "address",
                                    server.url() + "/" + neighbours.get(i).name()));
            bridge.api().awaitState(OTHERS.get(i), "idle");
        }
    }
}
