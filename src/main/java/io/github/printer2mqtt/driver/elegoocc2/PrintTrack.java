package io.github.printer2mqtt.driver.elegoocc2;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterState;
import org.jspecify.annotations.Nullable;

/**
 * What one connection remembers of the print: its file, and how it ended, which the printer shows for a moment only. Every message is
 * seen here, also those between two readings. Belongs to the session's event loop.
 */
final class PrintTrack {
    private @Nullable String id;
    private @Nullable String file;
    private @Nullable JobResult outcome;
    private boolean runs;

    /** Must be called for each change of the status in order. */
    void update(LenientJson status) {
        Cc2Status codes = Cc2Status.of(status);
        PrinterState state = codes.state();
        if (codes.isActive()) {
            onRunning(status.text("print_status", "uuid"), status.text("print_status", "filename"));
        } else if (runs) {
            outcome = outcome == null ? result(state) : outcome;
            // Filament is unloaded after a print; it is over when the printer is idle.
            runs = state == PrinterState.BUSY;
        }
    }

    private void onRunning(@Nullable String newId, @Nullable String newFile) {
        boolean isOther = id != null && newId != null && !newId.equals(id);
        if (!runs || outcome != null || isOther) {
            id = null;
            file = null;
            outcome = null;
        }
        runs = true;
        id = newId == null ? id : newId;
        file = newFile == null ? file : newFile;
    }

    private static @Nullable JobResult result(PrinterState state) {
        return switch (state) {
            case FINISHED -> JobResult.FINISHED;
            case CANCELLED -> JobResult.CANCELLED;
            case ERROR -> JobResult.FAILED;
            default -> null;
        };
    }

    /** The print that runs or has just ended, as the others; null if unknown. */
    @Nullable String id() {
        return id;
    }

    @Nullable String file() {
        return file;
    }

    /** Whether a print has begun and is not over, also while the machine does something else. */
    boolean isRunning() {
        return runs;
    }

    /** How the print ended that was seen running; null if none was, one runs, or nothing proves it. */
    @Nullable JobResult outcome() {
        return outcome;
    }
}
