package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.RegisteredDrivers;
import io.github.printer2mqtt.command.CommandParser;
import io.github.printer2mqtt.model.Command;
import io.github.printer2mqtt.model.Command.Verb;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The light is a switch where it may be switched, and a binary sensor of the same id elsewhere. */
class LightSwitchTest {
    @Test
    void switchNeedsPermission() {
        assertThat(light(Set.of()).getString("platform")).isEqualTo("binary_sensor");
        assertThat(light(Set.of(Verb.LIGHT)).getString("platform")).isEqualTo("switch");
    }

    @Test
    void switchSendsWhatTheBridgeAccepts() {
        JsonObject light = light(Set.of(Verb.LIGHT));

        assertThat(light.getString("command_topic")).isEqualTo("printer2mqtt/printers/p1s/command/light");
        for (boolean on : new boolean[] {true, false}) {
            Object sent = Json.decodeValue(light.getString(on ? "payload_on" : "payload_off"));
            JsonObject arguments = new JsonObject().put(CommandParser.loneArgument(Verb.LIGHT), sent);
            assertThat(CommandParser.read(Verb.LIGHT, arguments)).isEqualTo(new Command.SetLight(on));
        }
    }

    private static JsonObject light(Set<Verb> verbs) {
        DiscoveryPlan plan = DiscoveryFixture.plan("printer2mqtt", verbs);
        return DiscoveryFixture.json(plan.printer(DiscoveryFixture.facts("p1s", RegisteredDrivers.of("bambu"))))
                .getJsonObject("components")
                .getJsonObject("light");
    }
}
