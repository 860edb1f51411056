package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.fleet.ChangeQueue;
import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.json.PrinterDocuments;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.mqtt.homeassistant.DiscoveryService;
import io.github.printer2mqtt.mqtt.publish.AttributePublisher;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.publish.OfflineTimestamps;
import io.github.printer2mqtt.mqtt.publish.Outbox;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.vertx.FaultIsolation;
import io.vertx.core.Vertx;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts state and availability of changed printers into the retained set and events into the outbox, and clears the
 * topics of removed printers. Belongs to the context of {@link MqttVerticle}.
 */
final class StatusPublisher {
    private final FleetView fleet;
    private final ChangeQueue changes;
    private final Topics topics;
    private final RetainedTopics retained;
    private final Outbox outbox;
    private final DiscoveryService homeAssistant;

    /** Null if only whole documents are published. */
    private final @Nullable AttributePublisher attributes;

    /** Null unless thumbnails are configured. */
    private final @Nullable ThumbnailPublisher thumbnails;

    private final OfflineTimestamps offline;

    StatusPublisher(
            Vertx vertx,
            MqttDependencies dependencies,
            ChangeQueue changes,
            RetainedTopics retained,
            Outbox outbox,
            DiscoveryService homeAssistant) {
        this.fleet = dependencies.fleet();
        this.changes = changes;
        this.topics = dependencies.topics();
        this.retained = retained;
        this.outbox = outbox;
        this.homeAssistant = homeAssistant;
        this.attributes =
                dependencies.facts().config().mqtt().attributes() ? new AttributePublisher(topics, retained) : null;
        this.thumbnails = dependencies.facts().config().homeAssistant().thumbnails()
                ? new ThumbnailPublisher(vertx, dependencies, retained, outbox)
                : null;
        this.offline = new OfflineTimestamps(dependencies.retainedTopics(), dependencies.clock());
    }

    /** @param announcedEarlier what was stored about topics of an earlier run, by topic */
    void load(Map<String, String> announcedEarlier) {
        offline.start(announcedEarlier);
    }

    /** Publishes all pending changes. */
    void drain() {
        ChangeQueue.Content content = changes.drain();
        FleetSnapshot snapshot = fleet.snapshot();
        FaultIsolation.forEach("publishing a status", content.changed(), printer -> publish(printer, snapshot));
        for (PrinterEvent event : content.events()) {
            outbox.add(topics.printerEvent(event.printer()), PrinterDocuments.event(event));
            if (thumbnails != null) {
                thumbnails.onEvent(event);
            }
        }
    }

    private void publish(PrinterId printer, FleetSnapshot snapshot) {
        StatusDocument document = snapshot.find(printer);
        if (document != null) {
            put(document);
            return;
        }
        offline.onRemoved(topics.printerAvailability(printer));
        homeAssistant.remove(printer);
        if (attributes != null) {
            attributes.remove(printer);
        }
        if (thumbnails != null) {
            thumbnails.remove(printer);
        }
        retained.clearAll(printer);
    }

    /** Publishes every printer's current status, for a new connection. */
    void refresh() {
        drain();
        FaultIsolation.forEach("publishing a status", fleet.snapshot().documents(), this::put);
    }

    private void put(StatusDocument document) {
        Status status = document.status();
        homeAssistant.onStatus(status);
        availability(status);
        retained.put(topics.printerState(status.id()), document.bytes());
        if (attributes != null) {
            attributes.put(document);
        }
        if (thumbnails != null) {
            thumbnails.onStatus(status);
        }
    }

    /** While availability is undecided, the last value stays. */
    private void availability(Status status) {
        Topic topic = topics.printerAvailability(status.id());
        if (status.online()) {
            retained.put(topic, PrinterDocuments.online());
            offline.onOnline(topic);
        } else if (status.state() == PrinterState.OFFLINE) {
            retained.put(topic, PrinterDocuments.offline(status.poll().reason(), offline.since(topic)));
            offline.onPut(topic);
        }
    }
}
