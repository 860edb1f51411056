package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.model.Status.Plate;
import io.github.printer2mqtt.text.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An ended print has been on the plate for a time, also while the printer is offline. Another print is another alert. */
record NotClearedRule(Duration after) implements Rule {
    @Override
    public Evaluation evaluate(Status now, @Nullable String subject) {
        Plate plate = now.plate();
        if (plate == null || !plate.isOccupied()) {
            return Evaluation.CLEARED;
        }
        LastJob last = now.lastJob();
        return new Evaluation.Active(
                last == null ? "a print" : last.id() + "|" + last.file() + "|" + last.endedAt(),
                () -> Rule.message(
                        "Plate not cleared for " + DurationText.inWords(after), last == null ? null : last.file()),
                after);
    }

    @Override
    public Evaluation reevaluate(Status now, @Nullable String subject) {
        return Rule.clearedByAnotherSubject(evaluate(now, subject), subject);
    }
}
