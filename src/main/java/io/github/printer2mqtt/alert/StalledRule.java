package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The printer prints and neither progress nor layer changes for longer than a time. Some printers count whole percents
 * (PrusaLink), of which one may take hours of a long print: the time is then the longer one of what is set and one and a
 * half percent of the print.
 */
record StalledRule(Duration after) implements Rule {
    private static final double PERCENTS_OF_PATIENCE = 1.5;

    @Override
    public AlertCode code() {
        return AlertCode.STALLED;
    }

    @Override
    public Alert.Severity severity() {
        return Alert.Severity.WARNING;
    }

    @Override
    public Evaluation look(Status now, @Nullable String subject) {
        if (now.state() == PrinterState.OFFLINE) {
            return Evaluation.unseen();
        }
        if (now.state() != PrinterState.PRINTING) {
            return Evaluation.gone();
        }
        Job job = now.job() == null ? null : now.job().job();
        if (job == null || job.progress() == null) {
            return Evaluation.unseen();
        }
        String where = job.id() + "|" + job.file() + "|" + job.progress() + "|" + job.layer();
        return new Evaluation.Holds(where, () -> message(job), patience(job));
    }

    @Override
    public Evaluation lookAgain(Status now, @Nullable String subject) {
        Evaluation sight = look(now, subject);
        boolean moved = sight instanceof Evaluation.Holds holds && subject != null && !subject.equals(holds.subject());
        return moved ? Evaluation.gone() : sight;
    }

    private Duration patience(Job job) {
        if (job.elapsed() == null || job.remaining() == null) {
            return after;
        }
        double seconds = (job.elapsed() + job.remaining()) * PERCENTS_OF_PATIENCE / 100;
        return Duration.ofSeconds(Math.max(after.toSeconds(), (long) seconds));
    }

    private static String message(Job job) {
        String file = job.file() == null ? "the print" : job.file();
        return "No progress: " + file + " stays at " + job.progress() + " %";
    }
}
