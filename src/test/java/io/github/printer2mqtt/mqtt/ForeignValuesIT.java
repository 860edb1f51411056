package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.Ports;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another client publishes on the bridge's retained topics at Mosquitto, or clears them. */
class ForeignValuesIT {
    @ParameterizedTest
    @CsvSource({"V5, DEVICE", "V5, COMPONENT", "V3, DEVICE", "V3, COMPONENT"})
    void retainedTopicsAreRestored(Version version, Discovery form) {
        ForeignValuesTest.restored(Mosquitto.open(Ports.free()), version, form);
    }
}
