package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.fleet.FleetCounts;
import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.json.CountsDocument;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Publishes the counts of the fleet and of its groups, and clears the topics of groups that have no printers left.
 * Belongs to the context of {@code MqttVerticle}.
 */
public final class CountsPublisher {
    private final FleetView fleet;
    private final Topics topics;
    private final RetainedTopics retained;
    private Set<Topic> published = Set.of();
    private long counted = -1;

    public CountsPublisher(FleetView fleet, Topics topics, RetainedTopics retained) {
        this.fleet = fleet;
        this.topics = topics;
        this.retained = retained;
    }

    /** Counts again if the fleet has changed. */
    public void refresh() {
        FleetSnapshot snapshot = fleet.snapshot();
        if (snapshot.version() == counted) {
            return;
        }
        counted = snapshot.version();
        FleetCounts counts = FleetCounts.of(snapshot);
        Map<Topic, byte[]> now = new LinkedHashMap<>();
        now.put(topics.fleetState(), CountsDocument.fleet(counts.fleet()));
        counts.groups()
                .forEach((group, ofGroup) -> now.put(topics.groupState(group), CountsDocument.group(group, ofGroup)));
        published = retained.replaceAll(published, now);
    }
}
