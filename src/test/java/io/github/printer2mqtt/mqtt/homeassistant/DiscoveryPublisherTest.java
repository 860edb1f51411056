package io.github.printer2mqtt.mqtt.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.homeassistant.message.KnownComponents;
import io.github.printer2mqtt.mqtt.homeassistant.message.SampleStatuses;
import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.testing.TestPrinters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Devices of an earlier run with another configuration. */
class DiscoveryPublisherTest implements DeviceAnnouncement.Environment {
    private static final Status STATUS = SampleStatuses.idle();
    private static final String OLD_BRIDGE = "homeassistant/device/printer2mqtt_bridge/config";
    private static final String OLD_PRINTER = "homeassistant/device/printer2mqtt_" + STATUS.id() + "/config";

    private final List<String> announced = new ArrayList<>();
    private final List<String> cleared = new ArrayList<>();
    private final Map<String, String> notes = new LinkedHashMap<>();

    private void run(String base, String prefix, Discovery form) {
        Printer printer = TestPrinters.printer(STATUS.id(), "MK4 left", "prusalink", "http://192.0.2.20");
        Map<String, String> announcedEarlier = Map.copyOf(notes);
        announced.clear();
        DiscoveryPlan plan = new DiscoveryPlan(
                new Topics(base),
                new BridgeConfig.HomeAssistant(form, prefix),
                BridgeConfig.defaults().commands(),
                "1.0.0");
        DiscoveryPublisher publisher = new DiscoveryPublisher(plan, driver -> Set.of(), MqttTimings.defaults(), this);
        publisher.start(announcedEarlier);
        publisher.compare(List.of(new Registration(printer, false)), id -> STATUS, Integer.MAX_VALUE);
        publisher.removeUnwanted();
    }

    @Test
    void everythingIsRemovedIfDiscoveryIsOff() {
        run("printer2mqtt", "homeassistant", Discovery.DEVICE);
        assertThat(announced).containsExactly(OLD_BRIDGE, OLD_PRINTER);

        run("printer2mqtt", "homeassistant", Discovery.OFF);

        assertThat(announced).isEmpty();
        assertThat(cleared).containsExactlyInAnyOrder(OLD_BRIDGE, OLD_PRINTER);
    }

    @Test
    void changedPrefixRemovesTheOldDevices() {
        run("printer2mqtt", "homeassistant", Discovery.DEVICE);

        run("printer2mqtt", "hass/discovery", Discovery.DEVICE);

        assertThat(announced)
                .containsExactly(
                        "hass/discovery/device/printer2mqtt_bridge/config",
                        "hass/discovery/device/printer2mqtt_" + STATUS.id() + "/config");
        assertThat(cleared).containsExactlyInAnyOrder(OLD_BRIDGE, OLD_PRINTER);
    }

    @Test
    void changedBaseTopicRemovesTheOldDevices() {
        run("printer2mqtt", "homeassistant", Discovery.DEVICE);

        run("home/printers", "homeassistant", Discovery.DEVICE);

        assertThat(announced)
                .containsExactly(
                        "homeassistant/device/home_printers_bridge/config",
                        "homeassistant/device/home_printers_" + STATUS.id() + "/config");
        assertThat(cleared).containsExactlyInAnyOrder(OLD_BRIDGE, OLD_PRINTER);
    }

    @Test
    void otherTopicsAreIgnored() {
        notes.put("printer2mqtt/printers/voron/state", "");

        run("printer2mqtt", "homeassistant", Discovery.OFF);

        assertThat(cleared).isEmpty();
    }

    @Override
    public long now() {
        return 0;
    }

    @Override
    public void put(Topic topic, byte[] payload) {
        (payload.length == 0 ? cleared : announced).add(topic.text());
    }

    @Override
    public void note(Topic topic, KnownComponents known) {
        notes.put(topic.text(), known.text());
    }

    @Override
    public void resumeAfter(Duration delay, DeviceAnnouncement device) {}
}
