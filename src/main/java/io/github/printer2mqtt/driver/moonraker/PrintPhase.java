package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The state of a print as far as it needs more than one response of Klipper. Immutable.
 *
 * @param job the running print; null if there is none
 * @param state of the reading
 * @param hasPrinted whether this print was already reported as printing
 * @param doubtfulSince since when the responses have a pause that nobody requested, in monotonic time; null if they do not
 */
record PrintPhase(
        @Nullable Job job,
        PrinterState state,
        boolean hasPrinted,
        @Nullable Long doubtfulSince) {
    static final PrintPhase NONE = new PrintPhase(null, PrinterState.UNKNOWN, false, null);

    /** A shutdown looks like a pause for less than a second. */
    private static final long MAX_DOUBT_NANOS = Duration.ofSeconds(1).toNanos();

    /**
     * The phase after another response. A print that homes before it heats does not return from printing to preparing. A
     * pause without {@code is_paused} counts only if a response a second later confirms it: a shutdown starts like that.
     *
     * @param reported the state by that response alone
     */
    PrintPhase next(PrinterState reported, LenientJson status, long nowNanos) {
        Job now = MoonrakerJob.running(status);
        if (now == null) {
            return new PrintPhase(null, reported, false, null);
        }
        boolean isSame = job != null && job.continuesAs(now);
        boolean isDoubtful = reported == PrinterState.PAUSED && status.isFalse("pause_resume", "is_paused");
        Long since = !isDoubtful ? null : isSame && doubtfulSince != null ? doubtfulSince : Long.valueOf(nowNanos);
        PrinterState next = reported;
        if (isSame && reported == PrinterState.PREPARING && hasPrinted) {
            next = PrinterState.PRINTING;
        }
        if (isSame && since != null && nowNanos - since < MAX_DOUBT_NANOS && state != PrinterState.PAUSED) {
            next = state;
        }
        return new PrintPhase(now, next, (isSame && hasPrinted) || next == PrinterState.PRINTING, since);
    }
}
