package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import org.jspecify.annotations.Nullable;

/**
 * The state of a print as far as it needs more than one response of Klipper. Immutable.
 *
 * @param job the running print; null if there is none
 * @param state of the reading
 * @param hasPrinted whether this print was already reported as printing
 * @param isPauseDoubtful whether the newest response has a pause that nobody requested
 */
record PrintPhase(@Nullable Job job, PrinterState state, boolean hasPrinted, boolean isPauseDoubtful) {
    static final PrintPhase NONE = new PrintPhase(null, PrinterState.UNKNOWN, false, false);

    /**
     * The phase after another response. A print that homes before it heats does not return from printing to preparing. A
     * pause without {@code is_paused} counts only if the next response confirms it: a shutdown starts like that.
     *
     * @param reported the state by that response alone
     */
    PrintPhase next(PrinterState reported, LenientJson status) {
        Job now = MoonrakerJob.running(status);
        if (now == null) {
            return new PrintPhase(null, reported, false, false);
        }
        boolean isSame = job != null && job.continuesAs(now);
        boolean doubtful = reported == PrinterState.PAUSED && status.isFalse("pause_resume", "is_paused");
        PrinterState next = reported;
        if (isSame && reported == PrinterState.PREPARING && hasPrinted) {
            next = PrinterState.PRINTING;
        }
        if (isSame && doubtful && !isPauseDoubtful && state != PrinterState.PAUSED) {
            next = state;
        }
        return new PrintPhase(now, next, (isSame && hasPrinted) || next == PrinterState.PRINTING, doubtful);
    }
}
