package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/**
 * A poll without a reading.
 *
 * @param reason as {@code poll.reason} shows it
 * @param detail one line for people, stable for one fault so that it causes no change with each poll; null if the
 *     reason is enough. Never contains a secret
 */
public record PollFailure(FailureReason reason, @Nullable String detail) implements PollResult {
    public PollFailure {
        detail = TextSanitizer.line(detail, 256);
    }

    public static PollFailure of(FailureReason reason) {
        return new PollFailure(reason, null);
    }
}
