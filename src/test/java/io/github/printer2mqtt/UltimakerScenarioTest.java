package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.ultimaker.UltimakerSimulator;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** An UltiMaker S5, with id and key of a pairing. */
class UltimakerScenarioTest extends PolledPrinterContract {
    private static final String PAIR_ID = "0123456789abcdef0123456789abcdef";

    @Override
    ProtocolSimulator simulator(SimulatedPrinter machine) {
        return new UltimakerSimulator(machine, PAIR_ID, SimulatedPrinters.KEY);
    }

    @Override
    JsonObject registration() {
        return super.registration().put("credentials", pair(SimulatedPrinters.KEY));
    }

    private static JsonObject pair(String key) {
        return new JsonObject().put("username", PAIR_ID).put("password", key);
    }

    @Override
    String stateOfFinished() {
        return "finished";
    }

    @Override
    String stateOfCancelled() {
        return "cancelled";
    }

    @Override
    void checkFailure(JsonObject failed) {
        assertThat(failed.getString("message")).isEqualTo("The printer reports an error, its screen says which");
    }

    @Test
    void wrongKeyRefusesCommandsAndLeavesTheStatusAsItIs() {
        startPrinting();
        HttpApi.json(
                bridge.api().patch("/api/printers/" + id, new JsonObject().put("credentials", pair("wrong"))), 200);
        bridge.api().awaitState(id, "printing");

        HttpResponse<String> refused = bridge.api().command(id, "pause");

        assertThat(refused.statusCode()).as(refused.body()).isBetween(400, 599);
        assertThat(bridge.api().status(id).getString("state")).isEqualTo("printing");
    }

    @Test
    void printerWithoutPairingHasNoCommands() {
        JsonObject change = new JsonObject().putNull("credentials");
        HttpApi.json(bridge.api().patch("/api/printers/" + id, change), 200);

        bridge.api()
                .await(
                        id,
                        "read only",
                        shown -> shown.getJsonArray("capabilities").isEmpty());
        assertThat(bridge.api().command(id, "pause").statusCode()).isEqualTo(501);
    }
}
