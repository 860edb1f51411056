package io.github.printer2mqtt.poll;

import io.github.printer2mqtt.printer.PollFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One poll of the past, kept for support.
 *
 * @param at when it was complete
 * @param latencyMillis how long it took
 * @param miss why it brought nothing; null if it brought a reading
 */
public record PollRecord(
        Instant at, long latencyMillis, @Nullable PollFailure miss) {}
