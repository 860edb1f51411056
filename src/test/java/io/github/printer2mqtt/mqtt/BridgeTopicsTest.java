package io.github.printer2mqtt.mqtt;

import static io.github.printer2mqtt.mqtt.MqttScenario.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Topics about the bridge itself. */
class BridgeTopicsTest {
    private static final String EVENT = BASE + "/bridge/event";

    private static boolean isEvent(Heard heard, String type) {
        return type.equals(heard.json().getString("event_type"));
    }

    @Test
    void changedRegistrationsArePublishedAsEvents() {
        try (TestBroker broker = TestBroker.fresh();
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(broker.port(), BASE + "/bridge/#")) {
            bridge.register("a")
                    .start(MqttScenario.options(broker.port(), Version.V5))
                    .awaitSent();
            bridge.register("b");
            Heard added = user.await(EVENT, heard -> isEvent(heard, "printer_added"));
            assertThat(added.text())
                    .isEqualTo("{\"event_type\":\"printer_added\",\"at\":\"2026-11-21T09:50:00Z\","
                            + "\"printer\":\"b\",\"name\":\"Printer b\"}");
            bridge.register("b", "New name");
            user.await(EVENT, heard -> isEvent(heard, "printer_changed"));
            user.await(BASE + "/bridge/printers", heard -> heard.text().contains("New name"));
            bridge.remove("a");
            user.await(EVENT, heard -> isEvent(heard, "printer_removed"));
            Heard printers =
                    user.await(BASE + "/bridge/printers", heard -> !heard.text().contains("\"a\""));
            assertThat(new JsonArray(printers.text())).hasSize(1);
            bridge.awaitHeard(user);
            assertThat(user.of(EVENT))
                    .as("no events for registrations at start")
                    .hasSize(3);
        }
    }

    @Test
    void healthIsPublishedPeriodically() {
        MqttTimings often = MqttScenario.timings(Duration.ofMillis(100), Duration.ofSeconds(5));
        try (TestBroker broker = TestBroker.fresh();
                MqttScenario bridge = new MqttScenario();
                TestSubscriber user = TestSubscriber.listen(broker.port(), BASE + "/bridge/#")) {
            bridge.start(MqttScenario.options(broker.port(), Version.V3), often);
            Heard health = user.await(
                    BASE + "/bridge/health",
                    heard -> heard.json().getJsonObject("broker").getLong("published") > 0);
            assertThat(health.json().getJsonObject("broker").getString("protocol"))
                    .isEqualTo("3.1.1");
            assertThat(bridge.metricsRegistry.health()).containsEntry("broker", Health.up());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"AUTO", "V3"})
    void wrongPasswordIsLoggedInOneLine(Version version) {
        try (TestBroker broker = TestBroker.withLogin("farm", "right");
                MqttScenario bridge = new MqttScenario();
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt")) {
            bridge.start(MqttScenario.options(broker.port(), version).withLogin("farm", Secret.of("canary")));
            Await.until("refused", () -> bridge.metric("failed_connects_total") == 1);
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().get(0))
                    .isEqualTo("the broker mqtt://127.0.0.1:" + broker.port()
                            + " refuses user \"farm\" (bad user name or password): check mqtt.username and"
                            + " mqtt.password; trying again every 60 seconds");
            assertThat(bridge.metricsRegistry.health())
                    .extractingByKey("broker")
                    .extracting(Health::level)
                    .isEqualTo(Health.Level.DEGRADED);
        }
    }
}
