package io.github.printer2mqtt.mqtt.homeassistant;

import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryMessage;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.homeassistant.message.KnownComponents;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics.Value;
import io.github.printer2mqtt.mqtt.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that is, was and shall be announced of one device: in one topic, or in one for each entity. When the form
 * changes, Home Assistant is told at the old topics that another form follows, then the old topics are cleared, and only
 * then are the entities announced anew: so each keeps what its user has made of it. Cleared any later, an old topic would
 * make Home Assistant warn of a conflict for every entity.
 *
 * <p>Belongs to the context of {@code MqttVerticle}. Moments are of a monotonic clock, in nanoseconds.
 */
final class DeviceAnnouncement {
    private static final byte[] MIGRATE = "{\"migrate_discovery\": true}".getBytes(StandardCharsets.UTF_8);

    private final Desk desk;
    private final Duration settle;
    /** Mostly one. */
    private final Map<String, DiscoveryTopicState> ways = new LinkedHashMap<>(2);

    private Set<String> wanted = Set.of();

    /** Old topics at which another form was promised, true when the broker has taken that. */
    private final Map<String, Boolean> promised = new LinkedHashMap<>();

    DeviceAnnouncement(Desk desk, Duration settle) {
        this.desk = desk;
        this.settle = settle;
    }

    /** What a device works with. */
    interface Desk {
        long now();

        /** Brings a payload to a topic. */
        void put(Topic topic, byte[] payload);

        /** Writes down what Home Assistant may know at a topic. */
        void note(Topic topic, KnownComponents known);

        /** Calls {@link DeviceAnnouncement#goOn()} of the device later. */
        void later(Duration delay, DeviceAnnouncement device);
    }

    /** A topic that a broker may hold since an earlier run. */
    void remember(Topic topic, KnownComponents known) {
        ways.put(topic.text(), DiscoveryTopicState.remembered(topic, settle, known));
    }

    /** Every entity that Home Assistant may know of. */
    KnownComponents known() {
        return ways.values().stream()
                .map(DiscoveryTopicState::known)
                .reduce(KnownComponents.none(), KnownComponents::and);
    }

    /** @param messages what shall be announced; empty if the device is to go */
    void want(List<DiscoveryMessage> messages) {
        wanted = messages.stream().map(message -> message.topic().text()).collect(Collectors.toUnmodifiableSet());
        for (DiscoveryMessage message : messages) {
            ways.computeIfAbsent(message.topic().text(), fresh -> DiscoveryTopicState.fresh(message.topic(), settle))
                    .want(message);
        }
        ways.forEach((text, way) -> {
            if (!wanted.contains(text)) {
                way.want(null);
            }
        });
        promised.keySet().removeAll(wanted);
        goOn();
    }

    boolean isWanted() {
        return !wanted.isEmpty();
    }

    /** Whether nobody knows of it and nobody wants it. */
    boolean isOver() {
        return ways.isEmpty();
    }

    void onAcknowledged(Value value) {
        DiscoveryTopicState way = ways.get(value.topic().text());
        if (way == null) {
            return;
        }
        if (Arrays.equals(value.payload(), MIGRATE)) {
            promised.replace(value.topic().text(), true);
            goOn();
        } else if (way.onAcknowledged(value.payload(), desk.now())) {
            if (way.isAtBroker()) {
                desk.note(way.topic(), way.known());
            }
            goOn();
        }
    }

    /** Does what can be done now. */
    void goOn() {
        List<DiscoveryTopicState> old = ways.values().stream()
                .filter(way -> way.isAtBroker() && !wanted.contains(way.topic().text()))
                .toList();
        List<DiscoveryTopicState> ofOtherForm =
                old.stream().filter(this::isOfOtherForm).toList();
        ofOtherForm.forEach(this::promise);
        boolean allPromised = !promised.containsValue(false);
        for (DiscoveryTopicState way : old) {
            if (allPromised || !ofOtherForm.contains(way)) {
                advance(way);
            }
        }
        long now = desk.now();
        if (ways.values().stream().allMatch(way -> !isOfOtherForm(way) || way.isOver(now))) {
            ways.values().stream()
                    .filter(way -> wanted.contains(way.topic().text()))
                    .toList()
                    .forEach(this::advance);
        }
        tidyUp();
    }

    private void tidyUp() {
        long now = desk.now();
        ways.values().stream()
                .filter(way -> !way.isAtBroker())
                .forEach(way -> promised.remove(way.topic().text()));
        ways.values().removeIf(way -> !wanted.contains(way.topic().text()) && way.isOver(now));
        for (DiscoveryTopicState way : ways.values()) {
            if (!way.isAtBroker() && !way.isWanted()) {
                desk.later(way.quietFor(now), this);
                return;
            }
        }
    }

    private boolean isOfOtherForm(DiscoveryTopicState way) {
        return !wanted.isEmpty()
                && isOfWholeDevice(way.topic().text())
                        != isOfWholeDevice(wanted.iterator().next());
    }

    private static boolean isOfWholeDevice(String topic) {
        return DiscoveryPlan.isOfWholeDevice(topic);
    }

    private void promise(DiscoveryTopicState way) {
        if (promised.putIfAbsent(way.topic().text(), false) == null) {
            desk.put(way.topic(), MIGRATE);
        }
    }

    private void advance(DiscoveryTopicState way) {
        long now = desk.now();
        Duration quiet = way.quietFor(now);
        if (!quiet.isZero()) {
            desk.later(quiet, this);
            return;
        }
        KnownComponents before = way.known();
        boolean isNew = !way.isAtBroker();
        DiscoveryPlan.Step step = way.next(now);
        if (step != null) {
            if (step.payload().length > 0 && (isNew || !way.known().equals(before))) {
                desk.note(way.topic(), way.known());
            }
            desk.put(way.topic(), step.payload());
        }
    }
}
