package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.fleet.FleetCounts;
import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.json.CountsDocument;
import io.github.printer2mqtt.mqtt.topic.Topics;
import java.util.HashSet;
import java.util.Set;

/**
 * Brings the counts of the fleet and of its groups into the retained set; a group without printers is taken out of it. To
 * be called once a second: it counts only what has changed since. Belongs to the context of {@code MqttVerticle}.
 */
public final class CountsPublisher {
    private final FleetView fleet;
    private final Topics topics;
    private final RetainedTopics retained;
    private Set<String> shown = new HashSet<>();
    private long counted = -1;

    public CountsPublisher(FleetView fleet, Topics topics, RetainedTopics retained) {
        this.fleet = fleet;
        this.topics = topics;
        this.retained = retained;
    }

    /** Counts, if the fleet has a new version. */
    public void refresh() {
        FleetSnapshot snapshot = fleet.snapshot();
        if (snapshot.version() == counted) {
            return;
        }
        counted = snapshot.version();
        FleetCounts counts = FleetCounts.of(snapshot);
        retained.put(topics.fleetState(), CountsDocument.fleet(counts.fleet()));
        counts.groups()
                .forEach((group, ofGroup) ->
                        retained.put(topics.groupState(group), CountsDocument.group(group, ofGroup)));
        shown.stream()
                .filter(group -> !counts.groups().containsKey(group))
                .forEach(group -> retained.clear(topics.groupState(group)));
        shown = new HashSet<>(counts.groups().keySet());
    }
}
