package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.text.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A print is done and the printer has shown it as finished for longer than a time. Another print is another alert. */
record NotClearedRule(Duration after) implements Rule {
    @Override
    public AlertCode code() {
        return AlertCode.NOT_CLEARED;
    }

    @Override
    public Alert.Severity severity() {
        return Alert.Severity.INFO;
    }

    @Override
    public Evaluation look(Status now, @Nullable String subject) {
        if (now.state() == PrinterState.OFFLINE) {
            return Evaluation.unseen();
        }
        if (now.state() != PrinterState.FINISHED) {
            return Evaluation.goneForNow();
        }
        return new Evaluation.Holds(
                subject(now),
                () -> Rule.message("Finished and not cleared for " + DurationText.inWords(after), file(now)),
                after);
    }

    @Override
    public Evaluation lookAgain(Status now, @Nullable String subject) {
        Evaluation sight = look(now, subject);
        boolean another =
                sight instanceof Evaluation.Holds holds && subject != null && !subject.equals(holds.subject());
        return another ? Evaluation.gone() : sight;
    }

    private static String subject(Status now) {
        LastJob last = now.lastJob();
        if (last != null) {
            return last.id() + "|" + last.file() + "|" + last.endedAt();
        }
        Job job = job(now);
        return job == null ? "finished" : job.id() + "|" + job.file();
    }

    private static @Nullable String file(Status now) {
        Job job = job(now);
        LastJob last = now.lastJob();
        return job != null && job.file() != null ? job.file() : last == null ? null : last.file();
    }

    private static @Nullable Job job(Status now) {
        return now.job() == null ? null : now.job().job();
    }
}
