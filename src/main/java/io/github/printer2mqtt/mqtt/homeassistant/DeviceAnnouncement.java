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
 * The discovery messages of one device: in one topic, or in one per entity. To change the form, it publishes a
 * migration notice on the old topics, then clears them, and only then announces the entities on the new ones, so that
 * they keep their settings. If an old topic were cleared later, Home Assistant would warn of a conflict for every
 * entity.
 *
 * <p>Belongs to the context of {@code MqttVerticle}. Times are of a monotonic clock, in nanoseconds.
 */
final class DeviceAnnouncement {
    private static final byte[] MIGRATE = "{\"migrate_discovery\": true}".getBytes(StandardCharsets.UTF_8);

    private final Environment environment;
    private final Duration settle;
    /** By topic; usually one. */
    private final Map<String, DiscoveryTopicState> states = new LinkedHashMap<>(2);

    private Set<String> wanted = Set.of();

    /** Old topics with a migration notice; true when it is acknowledged. */
    private final Map<String, Boolean> migrations = new LinkedHashMap<>();

    DeviceAnnouncement(Environment environment, Duration settle) {
        this.environment = environment;
        this.settle = settle;
    }

    /** The discovery service, as a device sees it. */
    interface Environment {
        long now();

        void put(Topic topic, byte[] payload);

        /** Stores which entities Home Assistant may know from a topic. */
        void note(Topic topic, KnownComponents known);

        /** Calls {@link DeviceAnnouncement#resume()} of the device later. */
        void resumeAfter(Duration delay, DeviceAnnouncement device);
    }

    /** Adds a topic of an earlier run, which a broker may still have. */
    void restore(Topic topic, KnownComponents known) {
        states.put(topic.text(), DiscoveryTopicState.fromEarlierRun(topic, settle, known));
    }

    /** Every entity that Home Assistant may know. */
    KnownComponents known() {
        return states.values().stream()
                .map(DiscoveryTopicState::known)
                .reduce(KnownComponents.none(), KnownComponents::and);
    }

    /** @param messages to be announced; empty to remove the device */
    void setWanted(List<DiscoveryMessage> messages) {
        wanted = messages.stream().map(message -> message.topic().text()).collect(Collectors.toUnmodifiableSet());
        for (DiscoveryMessage message : messages) {
            states.computeIfAbsent(
                            message.topic().text(), fresh -> DiscoveryTopicState.newTopic(message.topic(), settle))
                    .setWanted(message);
        }
        states.forEach((text, state) -> {
            if (!wanted.contains(text)) {
                state.setWanted(null);
            }
        });
        migrations.keySet().removeAll(wanted);
        resume();
    }

    boolean isWanted() {
        return !wanted.isEmpty();
    }

    /** Whether it is to be announced on these topics only, if at all. */
    boolean isWantedOnlyOn(Set<String> topics) {
        return topics.containsAll(wanted);
    }

    /** Whether the device is neither announced nor wanted. */
    boolean isFinished() {
        return states.isEmpty();
    }

    void onAcknowledged(Value value) {
        DiscoveryTopicState state = states.get(value.topic().text());
        if (state == null) {
            return;
        }
        if (Arrays.equals(value.payload(), MIGRATE)) {
            migrations.replace(value.topic().text(), true);
            resume();
        } else if (state.onAcknowledged(value.payload(), environment.now())) {
            if (state.isAtBroker()) {
                environment.note(state.topic(), state.known());
            }
            resume();
        }
    }

    /** Takes every step that is possible now. */
    void resume() {
        List<DiscoveryTopicState> old = states.values().stream()
                .filter(state ->
                        state.isAtBroker() && !wanted.contains(state.topic().text()))
                .toList();
        List<DiscoveryTopicState> ofOtherForm =
                old.stream().filter(this::isOfOtherForm).toList();
        ofOtherForm.forEach(this::announceMigration);
        boolean allMigrationsAcknowledged = !migrations.containsValue(false);
        for (DiscoveryTopicState state : old) {
            if (allMigrationsAcknowledged || !ofOtherForm.contains(state)) {
                advance(state);
            }
        }
        long now = environment.now();
        if (states.values().stream().allMatch(state -> !isOfOtherForm(state) || state.isFinished(now))) {
            states.values().stream()
                    .filter(state -> wanted.contains(state.topic().text()))
                    .toList()
                    .forEach(this::advance);
        }
        removeFinished();
    }

    private void removeFinished() {
        long now = environment.now();
        states.values().stream()
                .filter(state -> !state.isAtBroker())
                .forEach(state -> migrations.remove(state.topic().text()));
        states.values().removeIf(state -> !wanted.contains(state.topic().text()) && state.isFinished(now));
        for (DiscoveryTopicState state : states.values()) {
            if (!state.isAtBroker() && !state.isWanted()) {
                environment.resumeAfter(state.remainingPause(now), this);
                return;
            }
        }
    }

    private boolean isOfOtherForm(DiscoveryTopicState state) {
        return !wanted.isEmpty()
                && DiscoveryPlan.isOfWholeDevice(state.topic().text())
                        != DiscoveryPlan.isOfWholeDevice(wanted.iterator().next());
    }

    private void announceMigration(DiscoveryTopicState state) {
        if (migrations.putIfAbsent(state.topic().text(), false) == null) {
            environment.put(state.topic(), MIGRATE);
        }
    }

    private void advance(DiscoveryTopicState state) {
        long now = environment.now();
        Duration pause = state.remainingPause(now);
        if (!pause.isZero()) {
            environment.resumeAfter(pause, this);
            return;
        }
        KnownComponents before = state.known();
        boolean isNew = !state.isAtBroker();
        DiscoveryPlan.Step step = state.next(now);
        if (step != null) {
            if (step.payload().length > 0 && (isNew || !state.known().equals(before))) {
                environment.note(state.topic(), state.known());
            }
            environment.put(state.topic(), step.payload());
        }
    }
}
