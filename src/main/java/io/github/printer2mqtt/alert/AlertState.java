package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.Alert;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of an alert that is not inactive, in the terms of Prometheus. */
sealed interface AlertState {
    /**
     * The condition is true, but not yet for long enough.
     *
     * @param subject what the condition concerns
     * @param sinceNanos when it began, by the monotonic clock
     * @param since when it began, by the wall clock
     * @param openAfter how long it must last until the alert opens
     */
    record Pending(String subject, long sinceNanos, Instant since, Duration openAfter) implements AlertState {
        boolean isDue(long nanos) {
            return nanos - sinceNanos >= openAfter.toNanos();
        }
    }

    /**
     * The alert is open.
     *
     * @param alert as it opened
     * @param subject what the condition concerns; after a restart null until the first evaluation
     * @param acknowledged whether a user acknowledged it: it is hidden, and does not open again before the
     *     condition clears
     * @param clearedSinceNanos since when the condition is false; null while it is true
     */
    record Firing(
            Alert alert,
            @Nullable String subject,
            boolean acknowledged,
            @Nullable Long clearedSinceNanos) implements AlertState {
        Firing withSubject(String newSubject) {
            return new Firing(alert, subject == null ? newSubject : subject, acknowledged, null);
        }

        Firing withClearedSince(long nanos) {
            return clearedSinceNanos == null ? new Firing(alert, subject, acknowledged, nanos) : this;
        }

        boolean isDue(long nanos, Duration clearAfter) {
            return clearedSinceNanos != null && nanos - clearedSinceNanos >= clearAfter.toNanos();
        }

        Firing asAcknowledged() {
            return new Firing(alert, subject, true, clearedSinceNanos);
        }
    }
}
