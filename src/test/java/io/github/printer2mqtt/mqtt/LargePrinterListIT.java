package io.github.printer2mqtt.mqtt;

import static io.github.printer2mqtt.mqtt.MqttScenario.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.testing.BrokerPeer;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A list of printers that is larger than the largest packet of MQTT 5, as that of 27,000 printers with short names. */
class LargePrinterListIT {
    private static final String LIST = BASE + "/bridge/printers";

    enum Broker {
        EMBEDDED,
        MOSQUITTO;

        BrokerPeer start() {
            return this == EMBEDDED ? TestBroker.fresh() : Mosquitto.open(Ports.free());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everythingElseIsPublishedAndOneLineSaysWhatIsMissing(Broker kind) {
        try (BrokerPeer broker = kind.start();
                MqttScenario bridge = withLargeList();
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt");
                TestSubscriber user = TestSubscriber.listen(broker.port(), BASE + "/#")) {
            bridge.start(MqttScenario.options(broker.port(), Version.V5));
            user.await(BASE + "/bridge/state", heard -> heard.text().contains("online"));

            assertThat(user.newest(bridge.state("p299"))).isNotNull();
            assertThat(user.newest(LIST)).isNull();
            String line = "the list of printers cannot be sent to the broker mqtt://127.0.0.1:" + broker.port() + ": "
                    + LIST + " has ";
            String rest = " bytes, and over MQTT 5 this program sends at most 8388608;"
                    + " mqtt.version \"3.1.1\" has no such limit";
            assertThat(log.lines()).singleElement().asString().startsWith(line).endsWith(rest);
            assertThat(bridge.metricsRegistry.health())
                    .extractingByKey("broker")
                    .asString()
                    .contains("too large: the list of printers: " + LIST + " has ", rest);
            assertThat(bridge.metric("connects_total")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void olderVersionOfMqttPublishesIt(Broker kind) {
        try (BrokerPeer broker = kind.start();
                MqttScenario bridge = withLargeList();
                TestSubscriber user = TestSubscriber.listen(broker.port(), BASE + "/#")) {
            bridge.start(MqttScenario.options(broker.port(), Version.V3));
            user.await(LIST, heard -> heard.text().length() > 8 << 20);
            user.await(BASE + "/bridge/state", heard -> heard.text().contains("online"));

            assertThat(bridge.metricsRegistry.health()).containsEntry("broker", Health.up());
            assertThat(bridge.metric("connects_total")).isEqualTo(1);
        }
    }

    private static MqttScenario withLargeList() {
        MqttScenario bridge = new MqttScenario();
        for (int i = 0; i < 300; i++) {
            bridge.register("p" + i, "x".repeat(30_000)).idle("p" + i);
        }
        return bridge;
    }
}
