package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.Reading;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes readings of the object model, however it was received, and remembers of the last one what the next one and commands
 * need. Belongs to the session's event loop.
 */
final class StatusReader {
    private final LongSupplier nanos;
    private PrintEnd previous = PrintEnd.NONE;

    /** By the newest reading; empty before the first. */
    private String status = "";

    private @Nullable Integer currentTool;
    private @Nullable PendingCancel pendingCancel;

    /** @param nanos monotonic time */
    StatusReader(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * @param server from which the model is
     * @throws io.github.printer2mqtt.net.PrinterException if the model has no status, or no printer behind it
     */
    Reading read(DuetServer server, DuetModel model) {
        long now = nanos.getAsLong();
        JobResult result = previous.result(model, server.statesResults(), now);
        PrintEnd next = previous.next(model, server.statesResults(), now);
        boolean isUndecided = next.awaitsResult() && !model.isDialogOpen();
        Reading reading = isUndecided ? DuetMapper.undecided(model) : DuetMapper.reading(model, result);
        previous = next;
        currentTool = model.currentTool();
        status = model.status();
        if (pendingCancel != null) {
            pendingCancel.onStatus(status);
        }
        return reading;
    }

    /** What happens while the printer is not readable proves nothing about the end of a print. */
    void onGap() {
        previous = PrintEnd.NONE;
        if (pendingCancel != null) {
            pendingCancel.onTime();
        }
    }

    boolean isPaused() {
        return status.equals("paused");
    }

    /** The selected tool; null if there is none or it is unknown. */
    @Nullable Integer currentTool() {
        return currentTool;
    }

    /** The cancel that waits for a pause; null if there is none. */
    @Nullable PendingCancel pendingCancel() {
        return pendingCancel == null || pendingCancel.isOver() ? null : pendingCancel;
    }

    /** From now on the readings drive this cancel. */
    void await(PendingCancel cancel) {
        pendingCancel = cancel;
    }
}
