package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The printer is in a state that needs a person. Opens at once; a state that returns within seconds is the same alert.
 *
 * @param summary begins the message
 */
record StateRule(PrinterState alarming, String summary) implements Rule {
    @Override
    public Evaluation evaluate(Status now, @Nullable String subject) {
        if (now.state() == alarming) {
            return new Evaluation.Active(
                    alarming.wireName(), () -> Rule.message(summary, now.message()), Duration.ZERO);
        }
        return now.state() == PrinterState.OFFLINE || now.state() == PrinterState.UNKNOWN
                ? Evaluation.UNKNOWN
                : Evaluation.CLEARED_FOR_NOW;
    }
}
