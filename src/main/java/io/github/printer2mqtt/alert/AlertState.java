package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.Alert;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a condition that was seen stands: it lasts until the alert opens, and the alert lasts until it clears. */
sealed interface AlertState {
    /**
     * The condition is there, not yet for long enough.
     *
     * @param subject what it is about
     * @param sinceNanos when it began, by the clock that never jumps
     * @param since when it began, by the wall clock
     * @param openAfter how long it must last
     */
    record Waiting(String subject, long sinceNanos, Instant since, Duration openAfter) implements AlertState {
        boolean isOver(long nanos) {
            return nanos - sinceNanos >= openAfter.toNanos();
        }
    }

    /**
     * The alert is open.
     *
     * @param alert as it opened
     * @param subject what it is about; null until that is seen again after a restart
     * @param acknowledged whether somebody has seen it: it is not shown any more, and does not open again before the
     *     condition is over
     * @param goneSinceNanos since when the condition is not there; null while it is
     */
    record Open(
            Alert alert,
            @Nullable String subject,
            boolean acknowledged,
            @Nullable Long goneSinceNanos) implements AlertState {
        Open seen(String nowAbout) {
            return new Open(alert, subject == null ? nowAbout : subject, acknowledged, null);
        }

        Open goneSince(long nanos) {
            return goneSinceNanos == null ? new Open(alert, subject, acknowledged, nanos) : this;
        }

        boolean isOver(long nanos, Duration clearAfter) {
            return goneSinceNanos != null && nanos - goneSinceNanos >= clearAfter.toNanos();
        }

        Open asAcknowledged() {
            return new Open(alert, subject, true, goneSinceNanos);
        }
    }
}
