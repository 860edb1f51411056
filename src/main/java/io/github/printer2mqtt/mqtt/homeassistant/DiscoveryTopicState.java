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
 * One discovery topic on its way from what Home Assistant may know of it to what it shall know. What takes something away is
 * waited for, and after it Home Assistant is left in peace for a moment: otherwise it would keep what should go, or give what
 * comes the name of what went with {@code _2} behind it.
 *
 * <p>Belongs to the context of {@code MqttVerticle}; no I/O. Moments are of a monotonic clock, in nanoseconds.
 */
final class DiscoveryTopicState {
    private final Topic topic;
    private final long settleNanos;
    private KnownComponents known;
    private boolean atBroker;
    private @Nullable DiscoveryMessage wanted;

    /** The mark of what is wanted, as far as it was made already. */
    private @Nullable Long wantedMark;

    /** What was put last and not acknowledged yet. */
    private @Nullable UnderWay underWay;

    private boolean takingAway;
    private boolean said;
    private @Nullable Long quietUntil;

    private DiscoveryTopicState(Topic topic, Duration settle, KnownComponents known, boolean atBroker) {
        this.topic = topic;
        this.settleNanos = settle.toNanos();
        this.known = known;
        this.atBroker = atBroker;
    }

    /**
     * A payload on its way. Thousands of devices wait for the broker at once, so it is not kept here a second time.
     *
     * @param mark of the payload
     * @param after what Home Assistant knows once it is acknowledged
     */
    private record UnderWay(long mark, KnownComponents after) {}

    private static long mark(byte[] payload) {
        return ByteBuffer.wrap(Sha256.sha256(payload)).getLong();
    }

    /** Of a topic that no broker holds. */
    static DiscoveryTopicState fresh(Topic topic, Duration settle) {
        return new DiscoveryTopicState(topic, settle, KnownComponents.none(), false);
    }

    /** Of a topic that a broker may hold since an earlier run. */
    static DiscoveryTopicState remembered(Topic topic, Duration settle, KnownComponents known) {
        return new DiscoveryTopicState(topic, settle, known, true);
    }

    Topic topic() {
        return topic;
    }

    /** Every entity that Home Assistant may know of. */
    KnownComponents known() {
        return known;
    }

    /** @param message what shall be known; null if the device is to go */
    void want(@Nullable DiscoveryMessage message) {
        Long before = wantedMark;
        wantedMark = said && message != null ? mark(message.bytes()) : null;
        said = wantedMark != null && wantedMark.equals(before);
        wanted = message;
    }

    boolean isWanted() {
        return wanted != null;
    }

    /** Whether a broker may hold something at the topic. */
    boolean isAtBroker() {
        return atBroker;
    }

    /** Whether nobody has it and nobody wants it. */
    boolean isOver(long now) {
        return wanted == null && !atBroker && quietFor(now).isZero();
    }

    /** How long nothing may be sent, since something was just taken away. */
    Duration quietFor(long now) {
        return quietUntil == null || quietUntil - now <= 0 ? Duration.ZERO : Duration.ofNanos(quietUntil - now);
    }

    /** What to put now; null if nothing is, because all is said, or an acknowledgement or a pause is waited for. */
    DiscoveryPlan.@Nullable Step next(long now) {
        if (said || takingAway || !quietFor(now).isZero() || (wanted == null && !atBroker)) {
            return null;
        }
        List<DiscoveryPlan.Step> steps = DiscoveryPlan.Step.between(known, wanted);
        DiscoveryPlan.Step step = steps.get(0);
        takingAway = wanted == null || steps.size() > 1;
        known = wanted == null ? known : known.and(step.after());
        atBroker = true;
        long mark = mark(step.payload());
        wantedMark = takingAway ? null : mark;
        underWay = new UnderWay(mark, step.after());
        return step;
    }

    /** The broker has taken a payload; whether that was the newest one. */
    boolean onAcknowledged(byte[] payload, long now) {
        UnderWay sent = underWay;
        if (sent == null || sent.mark() != mark(payload)) {
            return false;
        }
        underWay = null;
        known = sent.after();
        atBroker = payload.length > 0;
        said = wanted != null && !takingAway && sent.mark() == markOf(wanted);
        if (takingAway) {
            takingAway = false;
            quietUntil = now + settleNanos;
        }
        return true;
    }

    private long markOf(DiscoveryMessage message) {
        long mark = wantedMark == null ? mark(message.bytes()) : wantedMark;
        wantedMark = mark;
        return mark;
    }
}
