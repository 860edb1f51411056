package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.Status;
import org.jspecify.annotations.Nullable;

/**
 * One condition. Pure: it evaluates a status and the subject of its last evaluation, without time. It gets only printers
 * that are offline or have just answered, none that are late, disabled or not decided yet.
 */
interface Rule {
    /**
     * Evaluates the condition while its alert is not open.
     *
     * @param subject of the last evaluation; null if the condition was false
     */
    Evaluation evaluate(Status now, @Nullable String subject);

    /**
     * Evaluates the condition while its alert is open, which may use lower thresholds than opening it. The same as
     * {@link #evaluate} unless overridden.
     *
     * @param subject of the condition that opened it; null if that was before a restart
     */
    default Evaluation reevaluate(Status now, @Nullable String subject) {
        return evaluate(now, subject);
    }

    /** Clears an open alert whose condition now concerns another subject. */
    static Evaluation clearedByAnotherSubject(Evaluation evaluation, @Nullable String subject) {
        boolean another =
                evaluation instanceof Evaluation.Active active && subject != null && !subject.equals(active.subject());
        return another ? Evaluation.CLEARED : evaluation;
    }

    /** {@code summary: detail}, or only the summary if there is no detail. */
    static String message(String summary, @Nullable String detail) {
        return detail == null ? summary : summary + ": " + detail;
    }
}
