package io.github.printer2mqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.TestBroker;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bridge whose broker starts after it. */
@Timeout(60)
class BrokerStartTest {
    @Test
    void eventsBeforeTheStartOfTheBrokerArePublishedAfterIt() {
        int port = Ports.free();
        Promise<Void> brokerStarted = Promise.promise();
        try (MqttScenario bridge = new MqttScenario()
                .start(MqttScenario.options(port, Version.V5), MqttScenario.TIMINGS, brokerStarted.future())) {
            bridge.register("mk4").idle("mk4").printing("mk4", 1);
            try (TestBroker broker = TestBroker.on(port);
                    TestSubscriber user = TestSubscriber.listen(broker.port(), "p2m/#")) {
                brokerStarted.complete();
                assertThat(user.await(bridge.event("mk4"), heard -> true).json().getString("event_type"))
                        .isEqualTo("print_started");
                bridge.awaitSent();
                assertThat(bridge.metric("failed_connects_total")).isZero();
            }
        }
    }
}
