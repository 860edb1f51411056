package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.testing.Mosquitto;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MosquittoContractIT {
    static Stream<Arguments> scenarios() {
        return MqttContract.all();
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("scenarios")
    void holdsOnMosquitto(String name, Version version, MqttContract.Scenario scenario) throws Exception {
        scenario.holdsOn(new MqttContract(Mosquitto::open, version));
    }
}
