package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.text.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The printer is offline for longer than a time. Its message says why, so that a wrong key looks like one. */
record OfflineRule(Duration after) implements Rule {
    private static final String SUBJECT = "offline";

    @Override
    public AlertCode code() {
        return AlertCode.OFFLINE;
    }

    @Override
    public Alert.Severity severity() {
        return Alert.Severity.WARNING;
    }

    @Override
    public Evaluation look(Status now, @Nullable String subject) {
        if (now.state() != PrinterState.OFFLINE) {
            return Evaluation.gone();
        }
        return new Evaluation.Holds(
                SUBJECT,
                () -> "Offline for " + DurationText.inWords(after) + ": "
                        + why(now.poll().reason()),
                after);
    }

    @Override
    public Evaluation lookAgain(Status now, @Nullable String subject) {
        return look(now, subject);
    }

    private static String why(@Nullable FailureReason reason) {
        if (reason == null) {
            return "it does not answer";
        }
        return switch (reason) {
            case TIMEOUT -> "it does not answer in time";
            case REFUSED -> "the machine answers, but nothing listens on the port";
            case UNREACHABLE -> "there is no way to the machine";
            case DNS -> "its name has no address";
            case TLS -> "there is no trusted encrypted connection";
            case AUTH -> "it refuses our credentials";
            case BUSY -> "it answers that it has no time";
            case DISCONNECTED -> "a server answers, but has no printer behind it";
            case UNREADABLE -> "its answers are not readable";
            case TOO_LARGE -> "its answers are too large";
            case REDIRECTED -> "it sends us to another address";
            case DISABLED -> "it is disabled";
        };
    }
}
