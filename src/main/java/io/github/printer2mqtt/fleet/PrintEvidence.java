package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a single reading proves about a print (docs/reference/status.md, "Jobs"). Pure. */
final class PrintEvidence {
    private PrintEvidence() {}

    /** The print that a reading shows as not ended; null if it shows none. */
    static @Nullable Job activeJob(Reading reading) {
        return switch (reading.state()) {
            case PREPARING, PRINTING, PAUSED -> reading.job() == null ? unnamedJob() : reading.job();
            case BUSY, ATTENTION -> reading.job();
            case IDLE, FINISHED, CANCELLED, ERROR, OFFLINE, UNKNOWN -> null;
        };
    }

    private static Job unnamedJob() {
        return new Job(null, null, null, null, null, null, null);
    }

    /** Whether a reading shows neither a print nor the absence of one. */
    static boolean isInconclusive(Reading reading) {
        return switch (reading.state()) {
            case BUSY, ATTENTION, UNKNOWN -> true;
            case IDLE, PREPARING, PRINTING, PAUSED, FINISHED, CANCELLED, ERROR, OFFLINE -> false;
        };
    }

    /** The result that a reading states; null if it states none. */
    static @Nullable JobResult statedResult(Reading reading) {
        return switch (reading.state()) {
            case FINISHED -> JobResult.FINISHED;
            case CANCELLED -> JobResult.CANCELLED;
            case ERROR -> JobResult.FAILED;
            case IDLE -> reading.outcome();
            case PREPARING, PRINTING, PAUSED, ATTENTION, BUSY, OFFLINE, UNKNOWN -> null;
        };
    }

    /** After a gap, an error is the result of a print only if the printer names the print; it may have occurred later. */
    static @Nullable JobResult statedResultAfterGap(Reading reading) {
        return reading.state() == PrinterState.ERROR && reading.job() == null ? null : statedResult(reading);
    }

    /** Whether an end that a printer states may belong to a print: nothing that both descriptions name differs. */
    static boolean mayDescribe(Job ran, @Nullable Job named) {
        return named == null || ran.isNamedLike(named);
    }

    /** The same for an entry of the printer's history. */
    static boolean mayDescribe(Job ran, LastJob ended) {
        return mayDescribe(ran, describe(ended));
    }

    /** Whether a printer names the print that ended last. */
    static boolean isLast(@Nullable LastJob last, Job job) {
        if (last == null || !describe(last).isNamedLike(job)) {
            return false;
        }
        return (last.id() != null && job.id() != null) || Objects.equals(last.file(), job.file());
    }

    /** Id and file of an ended print. */
    static Job describe(LastJob last) {
        return new Job(last.id(), last.file(), null, null, null, null, null);
    }
}
