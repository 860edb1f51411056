package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import org.jspecify.annotations.Nullable;

/**
 * The state of a print where one answer of Klipper does not tell it. Immutable.
 *
 * @param job the print under way; null if there is none
 * @param state what is to be shown
 * @param hasPrinted whether this print was already shown as printing
 * @param isPauseDoubtful whether the newest answer named a pause that nobody asked for
 */
record PrintPhase(@Nullable Job job, PrinterState state, boolean hasPrinted, boolean isPauseDoubtful) {
    private static final PrintPhase NONE = new PrintPhase(null, PrinterState.UNKNOWN, false, false);

    static PrintPhase none() {
        return NONE;
    }

    /**
     * After another answer. A print that homes before it heats does not go back from printing to preparing. A pause
     * without {@code is_paused} counts when the next answer names it, too: a shutdown begins like that.
     *
     * @param found the state by that answer alone
     */
    PrintPhase next(PrinterState found, LenientJson status) {
        Job now = MoonrakerJob.running(status);
        if (now == null) {
            return new PrintPhase(null, found, false, false);
        }
        boolean isSame = job != null && job.continuesAs(now);
        boolean doubtful = found == PrinterState.PAUSED && status.isFalse("pause_resume", "is_paused");
        PrinterState next = found;
        if (isSame && found == PrinterState.PREPARING && hasPrinted) {
            next = PrinterState.PRINTING;
        }
        if (isSame && doubtful && !isPauseDoubtful && state != PrinterState.PAUSED) {
            next = state;
        }
        return new PrintPhase(now, next, (isSame && hasPrinted) || next == PrinterState.PRINTING, doubtful);
    }
}
