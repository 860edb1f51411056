package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.CommandsConfig;
import io.github.printer2mqtt.config.MqttConfig;
import io.github.printer2mqtt.text.Secret;
import java.util.List;

/** The configuration of a {@link MqttScenario}. */
final class ScenarioConfig {
    private ScenarioConfig() {}

    static BridgeConfig of(CommandsConfig allowed, BridgeConfig.HomeAssistant homeAssistant) {
        BridgeConfig usual = BridgeConfig.defaults();
        return new BridgeConfig(
                usual.http(),
                new MqttConfig(
                        null,
                        "farm",
                        Secret.of("canary"),
                        MqttConfig.Version.AUTO,
                        MqttScenario.BASE,
                        null,
                        false,
                        false,
                        false,
                        List.of("requester/+"),
                        BridgeConfig.defaults().mqtt().tls()),
                usual.broker(),
                usual.polling(),
                usual.database(),
                null,
                usual.secrets(),
                usual.backup(),
                allowed,
                homeAssistant,
                usual.security(),
                usual.alerts(),
                usual.notifications(),
                usual.plate(),
                usual.history(),
                usual.sites(),
                usual.log(),
                usual.settings());
    }
}
