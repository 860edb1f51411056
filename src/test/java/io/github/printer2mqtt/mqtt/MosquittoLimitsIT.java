package io.github.printer2mqtt.mqtt;

import static io.github.printer2mqtt.mqtt.MqttScenario.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.TestSubscriber;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mosquitto with limited features: the bridge publishes what is possible and reports what is lost. */
class MosquittoLimitsIT {
    @ParameterizedTest
    @CsvSource({
        "retain_available false, it does not support retained messages",
        "max_qos 0, it supports QoS 0 only",
    })
    void limitedBrokerIsServedAndTheLossIsNamed(String line, String loss) {
        try (Mosquitto broker = Mosquitto.configured(line);
                MqttScenario bridge = new MqttScenario();
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt");
                TestSubscriber user = TestSubscriber.listen(broker.port(), BASE + "/#")) {
            bridge.register("a").idle("a");
            bridge.start(MqttScenario.options(broker.port(), Version.V5));
            user.await(BASE + "/bridge/state", heard -> heard.text().contains("online"));
            assertThat(user.newest(bridge.state("a"))).isNotNull();
            assertThat(log.lines()).singleElement().asString().contains("is limited: " + loss);
            Await.until("degraded", () -> health(bridge).level() == Health.Level.DEGRADED);
            assertThat(health(bridge).detail()).startsWith(loss);
        }
    }

    private static Health health(MqttScenario bridge) {
        Health health = bridge.metricsRegistry.health().get("broker");
        if (health == null) {
            throw new AssertionError("the broker has no health check");
        }
        return health;
    }
}
