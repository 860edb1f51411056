package io.github.printer2mqtt.mqtt.homeassistant;

import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.homeassistant.message.KnownComponents;
import io.github.printer2mqtt.mqtt.publish.MqttSources;
import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.mqtt.publish.Outbox;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics.Value;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.net.mqtt.MqttMessage;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What is done for Home Assistant: devices are announced and taken back, and its birth is answered. Belongs to the context
 * of {@code MqttVerticle}.
 */
public final class DiscoveryService implements DeviceAnnouncement.Desk {
    /** New printers looked at in one turn of the loop: some 20 ms. */
    private static final int AT_ONCE = 50;

    private final Vertx vertx;
    private final DiscoveryPlan plan;
    private final MqttSources sources;
    private final RetainedTopics retained;
    private final Outbox outbox;
    private final DiscoveryPublisher discovery;
    private final BirthMessageHandler birth;
    private boolean ended;

    public DiscoveryService(
            Vertx vertx,
            DiscoveryPlan plan,
            MqttSources sources,
            MqttTimings times,
            RetainedTopics retained,
            Outbox outbox) {
        this.vertx = vertx;
        this.plan = plan;
        this.sources = sources;
        this.retained = retained;
        this.outbox = outbox;
        this.discovery = new DiscoveryPublisher(plan, sources.telemetry(), times, this);
        this.birth = new BirthMessageHandler(vertx, plan.birthTopic(), times, new SplittableRandom(), this::tellAgain);
    }

    /** Takes what brokers were told earlier, by topic, and what is registered now. */
    public void begin(Map<String, String> toldEarlier) {
        discovery.begin(toldEarlier);
        compare(Integer.MAX_VALUE);
    }

    /** Takes back what nothing owns any more; called when everything that has a value is in the retained set. */
    public void clearGone() {
        discovery.clearGone();
    }

    /** Looks at the registrations as they are now; at many new ones in several turns of the loop. */
    public void compare() {
        if (compare(AT_ONCE)) {
            vertx.runOnContext(next -> {
                if (!ended) {
                    compare();
                    outbox.pump();
                }
            });
        }
    }

    private boolean compare(int most) {
        FleetSnapshot fleet = sources.fleet().snapshot();
        return discovery.compare(sources.registrations().get(), printer -> statusOf(fleet, printer), most);
    }

    private static @Nullable Status statusOf(FleetSnapshot fleet, PrinterId printer) {
        StatusDocument document = fleet.find(printer);
        return document == null ? null : document.status();
    }

    public void look(Status status) {
        discovery.look(status);
    }

    public void remove(PrinterId printer) {
        discovery.remove(printer);
    }

    /** Listens for births; nothing to wait for if nothing is announced. */
    public List<Future<Void>> subscribe(ReconnectingMqttConnection link) {
        return plan.isOn() ? List.of(link.subscribe(birth.topic(), 0)) : List.of();
    }

    public void onMessage(MqttMessage message) {
        birth.onMessage(message);
    }

    public void onAcknowledged(Value value) {
        if (value.topic().kind() == TopicKind.DISCOVERY) {
            discovery.onAcknowledged(value);
        }
    }

    /** The broker has everything that is retained. */
    public void onPublished() {
        birth.onPublished();
    }

    public void onLost() {
        birth.end();
    }

    public void end() {
        ended = true;
        birth.end();
    }

    private void tellAgain() {
        retained.sendAgain(Topic::isReadByHomeAssistant);
        outbox.pump();
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
        sources.announced().save(topic.text(), known.text());
    }

    @Override
    public void later(Duration delay, DeviceAnnouncement device) {
        vertx.setTimer(delay.toMillis() + 1, id -> {
            if (!ended) {
                discovery.goOn(device);
                outbox.pump();
            }
        });
    }
}
