package io.github.printer2mqtt.driver.flashforgetcp;

import io.github.printer2mqtt.model.PrinterState;
import org.jspecify.annotations.Nullable;

/**
 * What the protocol says only now and then: which file is printed, and whether the printer is busy with a new print. Belongs to one
 * session.
 */
final class FileMemory {
    /** Of the print that runs or has just ended. */
    private @Nullable String printed;

    /** What the printer named while it did nothing, which therefore is no new print. */
    private @Nullable String named;

    private boolean runs;

    /** @param file as the printer names it now; null if it names none */
    void update(PrinterState state, @Nullable String file) {
        switch (state) {
            case IDLE -> {
                runs = false;
                printed = null;
                named = file;
            }
            case PREPARING, PRINTING, PAUSED -> {
                runs = true;
                printed = file == null ? printed : file;
            }
            case FINISHED -> {
                runs = false;
                printed = file == null ? printed : file;
                named = printed;
            }
            default -> {} // busy
        }
    }

    /** The file of the print that runs or has just ended; null if unknown. */
    @Nullable String file() {
        return printed;
    }

    /** Whether a print has begun and not ended yet. */
    boolean isRunning() {
        return runs;
    }

    /** Whether a busy printer that names this file prepares a print: one that it has not begun, and not the one that has ended. */
    boolean isNew(@Nullable String file) {
        return file != null && !runs && !file.equals(named);
    }
}
