package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Status;
import org.jspecify.annotations.Nullable;

/**
 * One condition. Pure: it looks at a status and at what it saw last, and knows no time. It is shown only printers that are
 * offline or that have just answered; never one that is late, disabled or not decided yet.
 */
interface Rule {
    AlertCode code();

    Alert.Severity severity();

    /**
     * Whether the condition is there while its alert is not open.
     *
     * @param subject of the condition as seen last; null if it was not there
     */
    Evaluation look(Status now, @Nullable String subject);

    /**
     * Whether the condition is still there while its alert is open: less may be enough to keep an alert open than to open
     * it.
     *
     * @param subject of the condition that opened it; null if that was before a restart
     */
    Evaluation lookAgain(Status now, @Nullable String subject);

    /** {@code summary: detail}, or only the summary if there is no detail. */
    static String message(String summary, @Nullable String detail) {
        return detail == null ? summary : summary + ": " + detail;
    }
}
