package io.github.printer2mqtt.net.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MqttBackOffTest {
    @Test
    void doublesFromOneSecondToAMinuteAndResets() {
        MqttBackOff backOff = new MqttBackOff(BrokerConnectionOptions.Retry.defaults(), () -> 0);
        for (int expected : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(backOff.next()).isEqualTo(Duration.ofSeconds(expected));
        }
        backOff.reset();
        assertThat(backOff.next()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void isReducedByUpToAFifth() {
        MqttBackOff backOff = new MqttBackOff(BrokerConnectionOptions.Retry.defaults(), () -> 1);
        assertThat(backOff.next()).isEqualTo(Duration.ofMillis(800));
        assertThat(backOff.afterRefusal()).isEqualTo(Duration.ofSeconds(48));
    }
}
