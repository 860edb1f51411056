package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/**
 * No reading, and why.
 *
 * @param reason as {@code poll.reason} shows it
 * @param detail one line for people, the same for the same fault so that it makes no change each time; null if the
 *     reason says it all. Never a secret
 */
public record PollFailure(FailureReason reason, @Nullable String detail) implements PollResult {
    public PollFailure {
        detail = TextSanitizer.line(detail, 256);
    }

    public static PollFailure of(FailureReason reason) {
        return new PollFailure(reason, null);
    }
}
