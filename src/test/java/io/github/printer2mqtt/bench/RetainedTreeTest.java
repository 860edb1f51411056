package io.github.printer2mqtt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RetainedTreeTest {
    private static final Map<String, String> NAMES = Map.of("p-1", "One");
    private static final Heard STATE = kept("p-1/state", "{\"name\":\"One\"}");
    private static final Heard AVAILABILITY = kept("p-1/availability", "{\"state\":\"online\"}");

    private static final Heard DEVICE = new Heard("homeassistant/device/printer2mqtt_p-1/config", "{}", true);

    private static Heard kept(String topic, String text) {
        return new Heard("printer2mqtt/printers/" + topic, text, true);
    }

    private static List<String> problems(Heard... heard) {
        return RetainedTree.problems(List.of(heard), NAMES, Set.of("p-1"));
    }

    @Test
    void stateAndAvailabilityOfEveryPrinterAreCorrect() {
        assertThat(problems(STATE, AVAILABILITY, DEVICE)).isEmpty();
    }

    @Test
    void leftoverOfRemovedPrinterIsReported() {
        assertThat(problems(STATE, AVAILABILITY, DEVICE, kept("p-2/alert/offline", "{}")))
                .containsExactly(
                        "printer2mqtt/printers/p-2/alert/offline is retained, but the printer is not registered");
    }

    @Test
    void leftoverDeviceIsReported() {
        Heard left = new Heard("homeassistant/device/printer2mqtt_p-2/config", "{}", true);

        assertThat(problems(STATE, AVAILABILITY, DEVICE, left))
                .containsExactly(left.topic() + " is retained, but the printer is not registered");
    }

    @Test
    void outdatedNameIsReported() {
        assertThat(problems(kept("p-1/state", "{\"name\":\"Old\"}"), AVAILABILITY, DEVICE))
                .containsExactly("printer2mqtt/printers/p-1/state has the name Old, expected One");
    }

    @Test
    void missingAndNonRetainedMessagesAreReported() {
        Heard live = new Heard(STATE.topic(), STATE.text(), false);

        assertThat(problems(live))
                .containsExactly(
                        "p-1 has no state at the broker",
                        "p-1 has no availability at the broker",
                        "p-1 has no device for Home Assistant at the broker");
    }
}
