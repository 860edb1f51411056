package io.github.printer2mqtt.driver.prusalink;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.PrinterState;
import org.jspecify.annotations.Nullable;

/**
 * Corrects the progress that PrusaLink reports: right after a start it is that of the previous print, and while the printer
 * needs attention it may be 0. Immutable.
 *
 * @param job its id; null without a job
 * @param percent null if unknown
 * @param ofPreviousJob the last progress of the previous job; null if unknown
 * @param isStale whether the reported numbers are those of the previous job
 */
record JobProgress(
        @Nullable Long job,
        @Nullable Double percent,
        @Nullable Double ofPreviousJob,
        boolean isStale) {
    static final JobProgress NONE = new JobProgress(null, null, null, false);

    /** So soon after its start no print is complete, or exactly as far as the previous one. */
    private static final long JUST_STARTED_SECONDS = 30;

    /** The progress after another response of {@code /api/v1/status}. */
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
        return hasJustStarted
                && (reported == 100 || (reported > 0 && Double.valueOf(reported).equals(ofPreviousJob)));
    }
}
