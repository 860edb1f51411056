package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.mqtt.homeassistant.DiscoveryMessage;
import io.github.printer2mqtt.mqtt.homeassistant.DiscoveryStep;
import io.github.printer2mqtt.mqtt.homeassistant.KnownComponents;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One discovery topic on its way from what Home Assistant may know of it to what it shall know. What takes something away is
 * waited for, and after it Home Assistant is left in peace for a moment: otherwise it would keep what should go, or give what
 * comes the name of what went with {@code _2} behind it.
 *
 * <p>Belongs to the context of {@link MqttVerticle}; no I/O. Moments are of a monotonic clock, in nanoseconds.
 */
final class DiscoveryWay {
    private final Topic topic;
    private final long settleNanos;
    private KnownComponents known;
    private boolean atBroker;
    private @Nullable DiscoveryMessage wanted;

    /** What was put last and not acknowledged yet. */
    private @Nullable DiscoveryStep underWay;

    private boolean takingAway;
    private boolean said;
    private @Nullable Long quietUntil;

    private DiscoveryWay(Topic topic, Duration settle, KnownComponents known, boolean atBroker) {
        this.topic = topic;
        this.settleNanos = settle.toNanos();
        this.known = known;
        this.atBroker = atBroker;
    }

    /** Of a topic that no broker holds. */
    static DiscoveryWay fresh(Topic topic, Duration settle) {
        return new DiscoveryWay(topic, settle, KnownComponents.none(), false);
    }

    /** Of a topic that a broker may hold since an earlier run. */
    static DiscoveryWay remembered(Topic topic, Duration settle, KnownComponents known) {
        return new DiscoveryWay(topic, settle, known, true);
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
        said = said && message != null && wanted != null && Arrays.equals(message.bytes(), wanted.bytes());
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
    @Nullable DiscoveryStep next(long now) {
        if (said || takingAway || !quietFor(now).isZero() || (wanted == null && !atBroker)) {
            return null;
        }
        List<DiscoveryStep> steps = DiscoveryStep.between(known, wanted);
        DiscoveryStep step = steps.get(0);
        takingAway = wanted == null || steps.size() > 1;
        known = wanted == null ? known : known.and(step.after());
        atBroker = true;
        underWay = step;
        return step;
    }

    /** The broker has taken a payload; whether that was the newest one. */
    boolean onAcknowledged(byte[] payload, long now) {
        DiscoveryStep step = underWay;
        if (step == null || !Arrays.equals(step.payload(), payload)) {
            return false;
        }
        underWay = null;
        known = step.after();
        atBroker = payload.length > 0;
        said = wanted != null && !takingAway && Arrays.equals(payload, wanted.bytes());
        if (takingAway) {
            takingAway = false;
            quietUntil = now + settleNanos;
        }
        return true;
    }
}
