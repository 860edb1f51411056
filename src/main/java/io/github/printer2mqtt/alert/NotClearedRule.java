package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.text.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The printer has shown a finished print for a time. Another print is another alert. */
record NotClearedRule(Duration after) implements Rule {
    @Override
    public Evaluation evaluate(Status now, @Nullable String subject) {
        if (now.state() == PrinterState.OFFLINE) {
            return Evaluation.UNKNOWN;
        }
        if (now.state() != PrinterState.FINISHED) {
            return Evaluation.CLEARED_FOR_NOW;
        }
        return new Evaluation.Active(
                subject(now),
                () -> Rule.message("Finished and not cleared for " + DurationText.inWords(after), file(now)),
                after);
    }

    @Override
    public Evaluation reevaluate(Status now, @Nullable String subject) {
        return Rule.clearedByAnotherSubject(evaluate(now, subject), subject);
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
