package io.github.printer2mqtt.mqtt;

import static io.github.printer2mqtt.mqtt.MqttScenario.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.text.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mosquitto with users and an ACL. */
class MosquittoRulesIT {
    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V5", "V3"})
    void wrongPasswordIsLoggedInOneLine(Version version) {
        try (Mosquitto broker = Mosquitto.withLogin("farm", "right", List.of());
                MqttScenario bridge = new MqttScenario();
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt")) {
            bridge.start(MqttScenario.options(broker.port(), version).withLogin("farm", Secret.of("wrong")));
            Await.until("refused", () -> bridge.metric("failed_connects_total") == 1);
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().get(0)).contains("(not authorized): check mqtt.username and mqtt.password");
        }
    }

    @Test
    void refusedTopicsAreLoggedOncePerKindOnMqtt5() {
        List<String> rules = List.of("user farm", "topic readwrite " + BASE + "/bridge/#");
        try (Mosquitto broker = Mosquitto.withLogin("farm", "right", rules);
                MqttScenario bridge = new MqttScenario();
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt")) {
            bridge.register("a").idle("a").register("b").idle("b");
            bridge.start(MqttScenario.options(broker.port(), Version.V5).withLogin("farm", Secret.of("right")));
            bridge.awaitSent();
            Await.until("two topics of each printer and the fleet's", () -> bridge.metric("refused_total") == 5);
            assertThat(log.lines()).hasSize(3).allMatch(line -> line.contains("not authorized"));
            assertThat(bridge.metricsRegistry.health())
                    .extractingByKey("broker")
                    .asString()
                    .contains("refuses printers' ");
        }
    }

    @Test
    void silentRefusalIsDetectedOnMqtt311() {
        List<String> rules = List.of("user farm", "topic read " + BASE + "/#");
        try (Mosquitto broker = Mosquitto.withLogin("farm", "right", rules);
                MqttScenario bridge = new MqttScenario();
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt")) {
            bridge.start(MqttScenario.options(broker.port(), Version.V3).withLogin("farm", Secret.of("right")));
            Await.until("logged", () -> !log.lines().isEmpty());
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().get(0)).contains("did not echo bridge/state");
            assertThat(bridge.metricsRegistry.health())
                    .extractingByKey("broker")
                    .extracting(Health::level)
                    .isEqualTo(Health.Level.DEGRADED);
        }
    }

    @Test
    void nothingIsLoggedIfTheAclAllowsIt() {
        List<String> rules = List.of("user farm", "topic readwrite " + BASE + "/#");
        MqttTimings quick = MqttScenario.timings(Duration.ofMillis(200), Duration.ofMillis(300));
        try (Mosquitto broker = Mosquitto.withLogin("farm", "right", rules);
                MqttScenario bridge = new MqttScenario();
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt")) {
            bridge.start(MqttScenario.options(broker.port(), Version.V3).withLogin("farm", Secret.of("right")), quick);
            // Several health messages later, the timeout of the ACL check is over.
            Await.until("the check has timed out", () -> bridge.metric("published_total") > 12);
            assertThat(log.lines()).isEmpty();
            assertThat(bridge.metricsRegistry.health()).containsEntry("broker", Health.up());
        }
    }

    @Test
    void tooLargeMessageDoesNotAffectOtherTopics() {
        try (Mosquitto broker = Mosquitto.withLargestPacket(20_000);
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(broker.port(), MqttScenario.BASE + "/#")) {
            for (int i = 0; i < 200; i++) {
                bridge.register("p" + i).idle("p" + i);
            }
            bridge.start(MqttScenario.options(broker.port(), Version.V5));
            user.await(
                    MqttScenario.BASE + "/bridge/state", heard -> heard.text().contains("online"));
            assertThat(user.newest(bridge.state("p199"))).isNotNull();
            assertThat(user.newest(MqttScenario.BASE + "/bridge/printers"))
                    .as("the list of 200 printers exceeds 20,000 bytes")
                    .isNull();
            assertThat(bridge.metric("connects_total")).isEqualTo(1);
            assertThat(bridge.metricsRegistry.health())
                    .extractingByKey("broker")
                    .asString()
                    .contains("the list of printers", "20000");
        }
    }
}
