package io.github.printer2mqtt.mqtt.homeassistant.message;

import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import java.util.ArrayList;
import java.util.List;

/** The entities of the bridge itself. Each names its state topic, since the bridge has several. */
final class BridgeEntities {
    private BridgeEntities() {}

    static List<Component> of(Topics topics) {
        Topic info = topics.bridgeInfo();
        Topic health = topics.bridgeHealth();
        // Not from bridge/info, which may be a minute old.
        Topic fleet = topics.fleetState();
        List<Component> all = new ArrayList<>();
        // Without availability, so that a stopped bridge shows as disconnected.
        all.add(Component.binarySensor("connectivity", "Connection", Templates.onIf("value_json.state == 'online'"))
                .stateTopic(topics.bridgeState())
                .deviceClass("connectivity")
                .diagnostic());
        List.of(
                        count("printers_total", "Printers", Templates.root("counts.total"), "mdi:printer-3d", fleet),
                        count("printers_online", "Printers online", online(), "mdi:lan-connect", fleet),
                        count(
                                "printers_printing",
                                "Printers printing",
                                Templates.root("counts.printing"),
                                "mdi:printer-3d-nozzle",
                                fleet),
                        Component.sensor("version", "Version", Templates.root("version"))
                                .stateTopic(info)
                                .diagnostic(),
                        Component.sensor("started_at", "Started", Templates.root("started_at"))
                                .stateTopic(info)
                                .deviceClass("timestamp")
                                .diagnostic(),
                        Component.sensor("poll_latency", "Poll latency", Templates.root("polls.latency_ms.p95"))
                                .stateTopic(health)
                                .deviceClass("duration")
                                .unit("ms")
                                .measurement()
                                .precision(0)
                                .diagnostic()
                                .disabledByDefault())
                .forEach(component -> all.add(component.availableBy(topics.bridgeState())));
        return all;
    }

    private static String online() {
        return "{{ value_json.counts.total - value_json.counts.offline - value_json.counts.unknown }}";
    }

    private static Component count(String id, String name, String template, String icon, Topic topic) {
        return Component.sensor(id, name, template)
                .stateTopic(topic)
                .measurement()
                .precision(0)
                .icon(icon);
    }
}
