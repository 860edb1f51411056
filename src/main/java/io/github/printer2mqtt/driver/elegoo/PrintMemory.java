package io.github.printer2mqtt.driver.elegoo;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.PrinterState;
import org.jspecify.annotations.Nullable;

/**
 * What the printer said of a print while it ran: the file is missing while it heats, and file, id and progress are missing after the
 * end. Belongs to the session's event loop.
 */
final class PrintMemory {
    private @Nullable String id;
    private @Nullable String file;
    private @Nullable Double progress;
    private boolean wasActive;

    /** Must be called for each status in order. */
    void update(LenientJson status) {
        SdcpStatus codes = SdcpStatus.of(status);
        LenientJson print = status.at("PrintInfo");
        String newId = print.text("TaskId");
        String newFile = print.text("Filename");
        if (codes.isActive()) {
            boolean isOther = id != null && newId != null && !newId.equals(id);
            if (!wasActive || isOther) {
                clear();
            }
            id = newId == null ? id : newId;
            file = newFile == null ? file : newFile;
            progress = ElegooMapper.progress(status);
            wasActive = true;
        } else if (codes.state() != PrinterState.BUSY) {
            wasActive = false;
            if (codes.state() == PrinterState.IDLE) {
                clear();
            } else {
                id = id == null ? newId : id;
                file = file == null ? newFile : file;
            }
        }
    }

    private void clear() {
        id = null;
        file = null;
        progress = null;
    }

    /** Null if unknown, as the others. */
    @Nullable String id() {
        return id;
    }

    @Nullable String file() {
        return file;
    }

    /** The last one of the running print, in percent. */
    @Nullable Double progress() {
        return progress;
    }
}
