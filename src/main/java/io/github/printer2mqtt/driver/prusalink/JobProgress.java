package io.github.printer2mqtt.driver.prusalink;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.PrinterState;
import org.jspecify.annotations.Nullable;

/**
 * How far the job is, where PrusaLink's own number is not to be believed. Right after a start it still has the numbers of
 * the print before, and while the printer wants attention it may say 0. Immutable.
 *
 * @param job the id; null if there is no job
 * @param percent null if unknown
 * @param ofPreviousJob where the job before was seen last; null if none was
 * @param isStale whether the printer's numbers are those of the job before
 */
record JobProgress(
        @Nullable Long job,
        @Nullable Double percent,
        @Nullable Double ofPreviousJob,
        boolean isStale) {
    private static final JobProgress NONE = new JobProgress(null, null, null, false);

    /** No print is complete, or as far as the one before, this soon after its start. */
    private static final long JUST_STARTED_SECONDS = 30;

    static JobProgress none() {
        return NONE;
    }

    /** After another answer of {@code /api/v1/status}. */
    JobProgress next(LenientJson status, PrinterState state) {
        LenientJson now = status.at("job");
        Long id = now.whole("id");
        if (id == null) {
            return new JobProgress(null, null, percent == null ? ofPreviousJob : percent, false);
        }
        if (!id.equals(job)) {
            return new JobProgress(id, null, percent == null ? ofPreviousJob : percent, false).next(status, state);
        }
        Double reported = now.number("progress");
        if (state == PrinterState.ATTENTION && reported != null && reported == 0 && percent != null) {
            return this;
        }
        if (percent == null && reported != null && isStale(reported, now.whole("time_printing"))) {
            return new JobProgress(job, null, ofPreviousJob, true);
        }
        return new JobProgress(job, reported, ofPreviousJob, false);
    }

    private boolean isStale(double reported, @Nullable Long elapsed) {
        boolean hasJustStarted = elapsed == null || elapsed < JUST_STARTED_SECONDS;
        return hasJustStarted && (reported == 100 || (reported > 0 && Double.valueOf(reported).equals(ofPreviousJob)));
    }
}
