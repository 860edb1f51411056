package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.testing.TestBroker;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EmbeddedBrokerRequestTest {
    static Stream<Arguments> scenarios() {
        return RequestContract.all();
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("scenarios")
    void scenarioHolds(String name, Version version, RequestContract.Scenario scenario) throws Exception {
        scenario.holdsOn(new RequestContract(TestBroker::on, version));
    }
}
