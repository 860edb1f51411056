package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.RegisteredDrivers;
import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.github.printer2mqtt.driver.Driver;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages of single entities are equivalent to the message of the device. */
class EntityMessageTest {
    private static final DiscoveryPlan ENTITIES =
            DiscoveryFixture.plan("printer2mqtt", "homeassistant", DiscoveryFixture.ALL_VERBS, Discovery.COMPONENT);
    private static final DiscoveryPlan DEVICE = DiscoveryFixture.plan("printer2mqtt", DiscoveryFixture.ALL_VERBS);

    static Stream<Driver> drivers() {
        return RegisteredDrivers.all().stream();
    }

    private static JsonObject json(DiscoveryMessage message) {
        return new JsonObject(Buffer.buffer(message.bytes()));
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void entityMessagesEqualTheDeviceMessage(Driver driver) {
        PrinterFacts facts = DiscoveryFixture.facts("mk4", driver).with(DiscoveryFixture.CHAMBER);
        JsonObject device = json(DEVICE.printer(facts));
        List<DiscoveryMessage> messages = ENTITIES.messages(facts);

        assertThat(messages).hasSameSizeAs(device.getJsonObject("components").fieldNames());
        for (DiscoveryMessage message : messages) {
            String id = message.known().platforms().firstKey();
            JsonObject component = device.getJsonObject("components").getJsonObject(id);
            String platform = (String) component.remove("platform");
            assertThat(message.topic().text())
                    .isEqualTo("homeassistant/" + platform + "/printer2mqtt_mk4/" + id + "/config");
            JsonObject whole = json(message);
            component.forEach(key -> assertThat(whole.getValue(key.getKey()))
                    .as(id + " " + key.getKey())
                    .isEqualTo(key.getValue()));
            assertThat(whole.getJsonObject("device")).isEqualTo(device.getJsonObject("device"));
            assertThat(whole.getJsonObject("origin")).isEqualTo(device.getJsonObject("origin"));
            assertThat(whole.getValue("qos")).isEqualTo(1);
            if (!component.containsKey("availability")) {
                assertThat(whole.getJsonArray("availability")).isEqualTo(device.getJsonArray("availability"));
                assertThat(whole.getString("availability_mode")).isEqualTo("all");
            }
            assertThat(whole.containsKey("state_topic") || whole.containsKey("command_topic"))
                    .as(id + " has a topic")
                    .isTrue();
        }
    }

    @Test
    void entityTopicBelongsToTheDevice() {
        PrinterFacts facts =
                DiscoveryFixture.facts("mk4", RegisteredDrivers.all().get(0));
        for (DiscoveryMessage message : ENTITIES.messages(facts)) {
            String text = message.topic().text();
            assertThat(DiscoveryPlan.parseTopic(text)).isEqualTo(message.topic());
            assertThat(DiscoveryPlan.deviceOf(text))
                    .isEqualTo(DEVICE.device(facts.printer().id()));
            assertThat(ENTITIES.printerOf(text)).isEqualTo(facts.printer().id());
        }
        for (DiscoveryMessage message : ENTITIES.bridgeMessages()) {
            assertThat(DiscoveryPlan.deviceOf(message.topic().text())).isEqualTo(DEVICE.bridgeDevice());
            assertThat(ENTITIES.printerOf(message.topic().text())).isNull();
        }
        assertThat(ENTITIES.printerOf("homeassistant/sensor/zigbee2mqtt_mk4/state/config"))
                .as("of another program")
                .isNull();
    }
}
