package io.github.printer2mqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.ScriptedBroker;
import org.junit.jupiter.api.Test;

/** What proves on MQTT 3.1.1 that the broker takes what the bridge publishes. */
class PublishAclCheckTest {
    @Test
    void stateOfAnEarlierConnectionProvesNothing() {
        try (MqttScenario bridge = new MqttScenario();
                ScriptedBroker broker = ScriptedBroker.start(bridge.vertx);
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt")) {
            broker.keeping(bridge.topics.bridgeState().text(), "{\"state\":\"online\"}");
            bridge.start(MqttScenario.options(broker.port(), Version.V3));
            Await.until("noticed", () -> !log.lines().isEmpty());
            assertThat(log.lines()).singleElement().asString().contains("does not show us our own bridge state");
            bridge.stop();
        }
    }
}
