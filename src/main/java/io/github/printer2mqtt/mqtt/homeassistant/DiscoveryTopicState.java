package io.github.printer2mqtt.mqtt.homeassistant;

import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryMessage;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.homeassistant.message.KnownComponents;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.text.Sha256;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one discovery topic between what Home Assistant may know of it and what it should know. A removal must
 * be acknowledged and followed by a pause: otherwise Home Assistant would keep what should go, or add {@code _2} to the
 * id of its successor.
 *
 * <p>Belongs to the context of {@code MqttVerticle}; no I/O. Times are of a monotonic clock, in nanoseconds.
 */
final class DiscoveryTopicState {
    private final Topic topic;
    private final long settleNanos;
    private KnownComponents known;
    private boolean atBroker;
    private @Nullable DiscoveryMessage wanted;

    /** Hash of the wanted message, if it was computed already. */
    private @Nullable Long wantedHash;

    /** The last payload, until it is acknowledged. */
    private @Nullable InFlight inFlight;

    private boolean removing;
    private boolean upToDate;
    private @Nullable Long pausedUntil;

    private DiscoveryTopicState(Topic topic, Duration settle, KnownComponents known, boolean atBroker) {
        this.topic = topic;
        this.settleNanos = settle.toNanos();
        this.known = known;
        this.atBroker = atBroker;
    }

    /**
     * A payload in flight, as a hash: thousands of devices may be queued at once.
     *
     * @param hash of the payload
     * @param after what Home Assistant knows once it is acknowledged
     */
    private record InFlight(long hash, KnownComponents after) {}

    private static long hash(byte[] payload) {
        return ByteBuffer.wrap(Sha256.sha256(payload)).getLong();
    }

    /** A topic that no broker has. */
    static DiscoveryTopicState newTopic(Topic topic, Duration settle) {
        return new DiscoveryTopicState(topic, settle, KnownComponents.none(), false);
    }

    /** A topic of an earlier run, which a broker may still have. */
    static DiscoveryTopicState fromEarlierRun(Topic topic, Duration settle, KnownComponents known) {
        return new DiscoveryTopicState(topic, settle, known, true);
    }

    Topic topic() {
        return topic;
    }

    /** Every entity that Home Assistant may know. */
    KnownComponents known() {
        return known;
    }

    /** @param message to be announced; null to remove the device */
    void setWanted(@Nullable DiscoveryMessage message) {
        Long before = wantedHash;
        wantedHash = upToDate && message != null ? hash(message.bytes()) : null;
        upToDate = wantedHash != null && wantedHash.equals(before);
        wanted = message;
    }

    boolean isWanted() {
        return wanted != null;
    }

    /** Whether a broker may have a value of the topic. */
    boolean isAtBroker() {
        return atBroker;
    }

    /** Whether the topic is neither at a broker nor wanted, and its pause is over. */
    boolean isFinished(long now) {
        return wanted == null && !atBroker && remainingPause(now).isZero();
    }

    /** How long nothing may be sent after a removal; zero if nothing is to wait for. */
    Duration remainingPause(long now) {
        return pausedUntil == null || pausedUntil - now <= 0 ? Duration.ZERO : Duration.ofNanos(pausedUntil - now);
    }

    /** The next step; null if the topic is up to date, or an acknowledgement or a pause is pending. */
    DiscoveryPlan.@Nullable Step next(long now) {
        if (upToDate || removing || !remainingPause(now).isZero() || (wanted == null && !atBroker)) {
            return null;
        }
        List<DiscoveryPlan.Step> steps = DiscoveryPlan.Step.between(known, wanted);
        DiscoveryPlan.Step step = steps.get(0);
        removing = wanted == null || steps.size() > 1;
        known = wanted == null ? known : known.and(step.after());
        atBroker = true;
        long hash = hash(step.payload());
        wantedHash = removing ? null : hash;
        inFlight = new InFlight(hash, step.after());
        return step;
    }

    /** The broker has acknowledged a payload; returns whether it was the last one. */
    boolean onAcknowledged(byte[] payload, long now) {
        InFlight sent = inFlight;
        if (sent == null || sent.hash() != hash(payload)) {
            return false;
        }
        inFlight = null;
        known = sent.after();
        atBroker = payload.length > 0;
        upToDate = wanted != null && !removing && sent.hash() == hashOf(wanted);
        if (removing) {
            removing = false;
            pausedUntil = now + settleNanos;
        }
        return true;
    }

    private long hashOf(DiscoveryMessage message) {
        long hash = wantedHash == null ? hash(message.bytes()) : wantedHash;
        wantedHash = hash;
        return hash;
    }
}
