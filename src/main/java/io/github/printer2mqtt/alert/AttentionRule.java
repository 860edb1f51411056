package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The printer waits for a person. Opens at once; a call that returns within seconds is the same alert. */
record AttentionRule() implements Rule {
    private static final String SUBJECT = "attention";

    @Override
    public AlertCode code() {
        return AlertCode.ATTENTION;
    }

    @Override
    public Alert.Severity severity() {
        return Alert.Severity.WARNING;
    }

    @Override
    public Evaluation evaluate(Status now, @Nullable String subject) {
        return switch (now.state()) {
            case ATTENTION ->
                new Evaluation.Active(SUBJECT, () -> Rule.message("Needs attention", now.message()), Duration.ZERO);
            case OFFLINE, UNKNOWN -> Evaluation.unknown();
            case IDLE, PREPARING, PRINTING, PAUSED, FINISHED, CANCELLED, ERROR, BUSY -> Evaluation.clearedForNow();
        };
    }
}
