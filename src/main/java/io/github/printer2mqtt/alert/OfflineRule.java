package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.text.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The printer has been offline for a time. The message gives the reason, so that wrong credentials are recognised. */
record OfflineRule(Duration after) implements Rule {
    private static final String SUBJECT = "offline";

    @Override
    public Evaluation evaluate(Status now, @Nullable String subject) {
        if (now.state() != PrinterState.OFFLINE) {
            return Evaluation.CLEARED;
        }
        return new Evaluation.Active(
                SUBJECT,
                () -> "Offline for " + DurationText.inWords(after) + ": "
                        + why(now.poll().reason()),
                after);
    }

    private static String why(@Nullable FailureReason reason) {
        if (reason == null) {
            return "it does not answer";
        }
        return switch (reason) {
            case TIMEOUT -> "it does not answer in time";
            case REFUSED -> "the machine answers, but nothing listens on the port";
            case UNREACHABLE -> "the machine cannot be reached";
            case DNS -> "its host name cannot be resolved";
            case TLS -> "its TLS certificate is not trusted";
            case AUTH -> "it rejects the credentials";
            case BUSY -> "it answers that it is busy";
            case DISCONNECTED -> "its server answers, but no printer is connected to it";
            case UNREADABLE -> "its answers are unreadable";
            case TOO_LARGE -> "its answers are too large";
            case REDIRECTED -> "it redirects to another address";
            case DISABLED -> "it is disabled";
            case SITE_UNREACHABLE -> "its site cannot be reached";
        };
    }
}
