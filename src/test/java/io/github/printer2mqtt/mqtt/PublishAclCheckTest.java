package io.github.printer2mqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.ScriptedBroker;
import org.junit.jupiter.api.Test;

class PublishAclCheckTest {
    @Test
    void stateOfAnEarlierConnectionProvesNothing() {
        try (MqttScenario bridge = new MqttScenario();
                ScriptedBroker broker = ScriptedBroker.start(bridge.vertx);
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt")) {
            broker.keeping(bridge.topics.bridgeState().text(), "{\"state\":\"online\"}");
            bridge.start(MqttScenario.options(broker.port(), Version.V3));
            Await.until("the refusal is logged", () -> !log.lines().isEmpty());
            assertThat(log.lines()).singleElement().asString().contains("did not echo bridge/state");
            bridge.stop();
        }
    }
}
