package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The printer reports an error. Opens at once; an error that returns within seconds is the same alert. */
record ErrorRule() implements Rule {
    private static final String SUBJECT = "error";

    @Override
    public AlertCode code() {
        return AlertCode.ERROR;
    }

    @Override
    public Alert.Severity severity() {
        return Alert.Severity.CRITICAL;
    }

    @Override
    public Evaluation evaluate(Status now, @Nullable String subject) {
        return switch (now.state()) {
            case ERROR -> new Evaluation.Active(SUBJECT, () -> Rule.message("Error", now.message()), Duration.ZERO);
            case OFFLINE, UNKNOWN -> Evaluation.unknown();
            case IDLE, PREPARING, PRINTING, PAUSED, FINISHED, CANCELLED, ATTENTION, BUSY -> Evaluation.clearedForNow();
        };
    }
}
