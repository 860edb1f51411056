package io.github.printer2mqtt.printer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How asking went last.
 *
 * @param observedAt of the newest reading, by the wall clock; null before the first
 * @param latencyMillis of the newest reading; null before the first
 * @param failures misses since the newest reading
 * @param reason of the newest miss; null unless late or offline
 */
public record PollStatus(
        @Nullable Instant observedAt,
        @Nullable Long latencyMillis,
        int failures,
        @Nullable FailureReason reason) {
    public static PollStatus never() {
        return new PollStatus(null, null, 0, null);
    }
}
