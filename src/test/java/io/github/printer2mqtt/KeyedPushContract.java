package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A printer that pushes, requires a key, and has an HTTP API for commands. */
abstract class KeyedPushContract extends PushContract {
    KeyedPushContract(int connectionsPerConnect) {
        super(connectionsPerConnect);
    }

    /** In the advice to users whose key is wrong. */
    String nameOfKey() {
        return "API key";
    }

    /** Which stay open for the next poll. */
    int connectionsWithWrongKey() {
        return 0;
    }

    @Test
    void wrongKeyIsOfflineWithReasonAuth() {
        changeKey("wrong");
        JsonObject refused = bridge.api().awaitOffline(id, "auth");
        assertThat(refused.getString("message")).contains(nameOfKey());
        Await.until("no other connection is open", () -> server.openConnections() == connectionsWithWrongKey());

        changeKey(SimulatedPrinters.KEY);
        bridge.api().awaitState(id, "idle");
        assertThat(mode()).isEqualTo("push null");
    }

    @Test
    void commandsUseAConnectionOfTheirOwn() {
        startPrinting();
        HttpApi.json(bridge.api().command(id, "pause"), 202);
        bridge.api().awaitState(id, "paused");

        assertThat(server.connections()).isEqualTo(connectionsPerConnect + 1);
        Await.until("the second one is closed", () -> server.openConnections() == 1);
    }

    private void changeKey(String key) {
        JsonObject change = new JsonObject().put("credentials", new JsonObject().put("api_key", key));
        HttpApi.json(bridge.api().patch("/api/printers/" + id, change), 200);
    }
}
