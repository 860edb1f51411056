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
 * @param ofJobBefore where the job before was seen last; null if none was
 * @param isStale whether the printer's numbers are those of the job before
 */
record JobProgress(
        @Nullable Long job,
        @Nullable Double percent,
        @Nullable Double ofJobBefore,
        boolean isStale) {
    private static final JobProgress NONE = new JobProgress(null, null, null, false);

    /** No print is complete, or as far as the one before, this soon after its start. */
    private static final long JUST_BEGUN_SECONDS = 30;

    static JobProgress none() {
        return NONE;
    }

    /** After another answer of {@code /api/v1/status}. */
    JobProgress next(LenientJson status, PrinterState state) {
        LenientJson now = status.at("job");
        Long id = now.whole("id");
        if (id == null) {
            return new JobProgress(null, null, percent == null ? ofJobBefore : percent, false);
        }
        if (!id.equals(job)) {
            return new JobProgress(id, null, percent == null ? ofJobBefore : percent, false).next(status, state);
        }
        Double told = now.number("progress");
        if (state == PrinterState.ATTENTION && told != null && told == 0 && percent != null) {
            return this;
        }
        if (percent == null && told != null && isStale(told, now.whole("time_printing"))) {
            return new JobProgress(job, null, ofJobBefore, true);
        }
        return new JobProgress(job, told, ofJobBefore, false);
    }

    private boolean isStale(double told, @Nullable Long elapsed) {
        boolean hasJustBegun = elapsed == null || elapsed < JUST_BEGUN_SECONDS;
        return hasJustBegun && (told == 100 || (told > 0 && Double.valueOf(told).equals(ofJobBefore)));
    }
}
