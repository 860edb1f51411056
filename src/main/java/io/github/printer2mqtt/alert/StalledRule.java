package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The printer is printing, but neither progress nor layer has changed for a time. PrusaLink reports whole percents, of which
 * one may take hours of a long print, so the time is at least one and a half percent of the print.
 */
record StalledRule(Duration after) implements Rule {
    private static final double MIN_PERCENT = 1.5;

    @Override
    public Evaluation evaluate(Status now, @Nullable String subject) {
        if (now.state() == PrinterState.OFFLINE) {
            return Evaluation.UNKNOWN;
        }
        if (now.state() != PrinterState.PRINTING) {
            return Evaluation.CLEARED;
        }
        Job job = now.job() == null ? null : now.job().job();
        if (job == null || job.progress() == null) {
            return Evaluation.UNKNOWN;
        }
        String where = job.id() + "|" + job.file() + "|" + job.progress() + "|" + job.layer();
        return new Evaluation.Active(where, () -> message(job), timeLimit(job));
    }

    @Override
    public Evaluation reevaluate(Status now, @Nullable String subject) {
        return Rule.clearedByAnotherSubject(evaluate(now, subject), subject);
    }

    private Duration timeLimit(Job job) {
        if (job.elapsed() == null || job.remaining() == null) {
            return after;
        }
        double seconds = (job.elapsed() + job.remaining()) * MIN_PERCENT / 100;
        return Duration.ofSeconds(Math.max(after.toSeconds(), (long) seconds));
    }

    private static String message(Job job) {
        String file = job.file() == null ? "the print" : job.file();
        return "No progress: " + file + " stays at " + job.progress() + " %";
    }
}
