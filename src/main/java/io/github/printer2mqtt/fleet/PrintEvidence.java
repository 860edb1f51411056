package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one reading proves about a print (docs/reference/status.md, "Jobs"). Pure. */
final class PrintEvidence {
    private PrintEvidence() {}

    /** The print that a reading shows as not over; null if it shows none. */
    static @Nullable Job activeJob(Reading reading) {
        return switch (reading.state()) {
            case PREPARING, PRINTING, PAUSED -> reading.job() == null ? nameless() : reading.job();
            case BUSY, ATTENTION -> reading.job();
            case IDLE, FINISHED, CANCELLED, ERROR, OFFLINE, UNKNOWN -> null;
        };
    }

    private static Job nameless() {
        return new Job(null, null, null, null, null, null, null);
    }

    /** Whether a reading neither shows a print nor that there is none. */
    static boolean saysNothing(Reading reading) {
        return switch (reading.state()) {
            case BUSY, ATTENTION, UNKNOWN -> true;
            case IDLE, PREPARING, PRINTING, PAUSED, FINISHED, CANCELLED, ERROR, OFFLINE -> false;
        };
    }

    /** How a reading says that a print ended; null if it does not. */
    static @Nullable JobResult stated(Reading reading) {
        return switch (reading.state()) {
            case FINISHED -> JobResult.FINISHED;
            case CANCELLED -> JobResult.CANCELLED;
            case ERROR -> JobResult.FAILED;
            case IDLE -> reading.outcome();
            case PREPARING, PRINTING, PAUSED, ATTENTION, BUSY, OFFLINE, UNKNOWN -> null;
        };
    }

    /** After a gap an error says how a print ended only if the printer names the print: it may have come later. */
    static @Nullable JobResult statedAfterAGap(Reading reading) {
        return reading.state() == PrinterState.ERROR && reading.job() == null ? null : stated(reading);
    }

    /** Whether an end that a printer states may be that of a print, by everything that both descriptions name. */
    static boolean isAbout(Job ran, @Nullable Job named) {
        return named == null || ran.isNamedLike(named);
    }

    /** The same for an end in the printer's history. */
    static boolean isAbout(Job ran, LastJob past) {
        return isAbout(ran, named(past));
    }

    /** Whether the print known to have ended last is the one that a printer names. */
    static boolean isSame(@Nullable LastJob last, Job job) {
        if (last == null || !named(last).isNamedLike(job)) {
            return false;
        }
        return (last.id() != null && job.id() != null) || Objects.equals(last.file(), job.file());
    }

    /** Id and file of a print that ended. */
    static Job named(LastJob last) {
        return new Job(last.id(), last.file(), null, null, null, null, null);
    }
}
