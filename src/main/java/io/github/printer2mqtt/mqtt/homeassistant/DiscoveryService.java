package io.github.printer2mqtt.mqtt.homeassistant;

import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.homeassistant.message.KnownComponents;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.publish.Outbox;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics.Value;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Home Assistant discovery: announces and removes devices and responds to birth messages. Belongs to the context of
 * {@code MqttVerticle}.
 */
public final class DiscoveryService implements DeviceAnnouncement.Environment {
    /** New printers processed in one turn of the event loop, which takes some 20 ms. */
    private static final int AT_ONCE = 50;

    private final Vertx vertx;
    private final DiscoveryPlan plan;
    private final MqttDependencies dependencies;
    private final RetainedTopics retained;
    private final Outbox outbox;
    private final DiscoveryPublisher discovery;
    private final BirthMessageHandler birth;
    private boolean announcedBefore;
    private boolean stopped;

    public DiscoveryService(
            Vertx vertx, DiscoveryPlan plan, MqttDependencies dependencies, RetainedTopics retained, Outbox outbox) {
        this.vertx = vertx;
        this.plan = plan;
        this.dependencies = dependencies;
        this.retained = retained;
        this.outbox = outbox;
        this.discovery = new DiscoveryPublisher(plan, dependencies.telemetry(), dependencies.timings(), this);
        this.birth = new BirthMessageHandler(
                vertx,
                plan.birthTopic(),
                dependencies.timings(),
                new SplittableRandom(),
                () -> outbox.resend(Topic::isReadByHomeAssistant));
    }

    /** Compares what earlier runs announced, by topic, with the current registrations. */
    public void start(Map<String, String> announcedEarlier) {
        discovery.start(announcedEarlier);
        compare(Integer.MAX_VALUE);
        announcedBefore = discovery.isLimitedTo(announcedEarlier.keySet());
    }

    /** Whether Home Assistant knows every device already: from an earlier run or an earlier connection. */
    public boolean isAnnouncedBefore() {
        return announcedBefore;
    }

    /** Removes devices without an owner; must be called when everything that has a value is in the retained set. */
    public void removeUnwanted() {
        discovery.removeUnwanted();
    }

    /** Compares the registrations, many new ones in several turns of the event loop. */
    public void compare() {
        if (compare(AT_ONCE)) {
            vertx.runOnContext(next -> {
                if (!stopped) {
                    compare();
                    outbox.pump();
                }
            });
        }
    }

    private boolean compare(int limit) {
        FleetSnapshot fleet = dependencies.fleet().snapshot();
        return discovery.compare(dependencies.registrations().get(), printer -> statusOf(fleet, printer), limit);
    }

    private static @Nullable Status statusOf(FleetSnapshot fleet, PrinterId printer) {
        StatusDocument document = fleet.find(printer);
        return document == null ? null : document.status();
    }

    public void onStatus(Status status) {
        discovery.onStatus(status);
    }

    public void remove(PrinterId printer) {
        discovery.remove(printer);
    }

    /** Subscribes to birth messages; empty if discovery is off. */
    public List<Future<Void>> subscribe(ReconnectingMqttConnection connection) {
        return plan.isOn() ? List.of(connection.subscribe(birth.topic(), 0)) : List.of();
    }

    public void onMessage(MqttMessage message) {
        birth.onMessage(message);
    }

    public void onAcknowledged(Value value) {
        if (value.topic().kind() == TopicKind.DISCOVERY) {
            discovery.onAcknowledged(value);
        }
    }

    /** The retained set is published. */
    public void onPublished() {
        announcedBefore = true;
        birth.onPublished();
    }

    public void onLost() {
        birth.reset();
    }

    public void stop() {
        stopped = true;
        birth.reset();
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public void put(Topic topic, byte[] payload) {
        retained.put(topic, payload);
    }

    @Override
    public void note(Topic topic, KnownComponents known) {
        dependencies.retainedTopics().save(topic.text(), known.text());
    }

    @Override
    public void resumeAfter(Duration delay, DeviceAnnouncement device) {
        vertx.setTimer(delay.toMillis() + 1, id -> {
            if (!stopped) {
                discovery.resume(device);
                outbox.pump();
            }
        });
    }
}
