package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.driver.CommandRefusedException;
import io.github.printer2mqtt.driver.PrinterSession;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A cancel command that waits until the print is paused, as the firmware requires. The polls of the session drive it, so that
 * the board gets no further requests. Belongs to the session's event loop.
 */
final class PendingCancel {
    /** States that may still lead to a pause. */
    private static final Set<String> WAITING = Set.of("processing", "resuming", "pausing", "changingTool", "busy");

    private final Supplier<Future<Void>> cancel;
    private final LongSupplier nanos;
    private final long end;
    private final Promise<Void> result = Promise.promise();
    private boolean isSent;

    /** @param cancel sends the command that cancels a paused print */
    PendingCancel(Supplier<Future<Void>> cancel, LongSupplier nanos) {
        this.cancel = cancel;
        this.nanos = nanos;
        this.end = nanos.getAsLong() + PrinterSession.COMMAND_LIMIT.toNanos();
    }

    Future<Void> result() {
        return result.future();
    }

    /** @param status as the newest response has it */
    void onStatus(String status) {
        if (isOver()) {
            return;
        }
        if (status.equals("paused")) {
            isSent = true;
            cancel.get().onComplete(result);
        } else if (!WAITING.contains(status)) {
            refuse("the print ended before it was paused");
        } else {
            onTime();
        }
    }

    /** Gives up without cancelling if the print is not paused in time. */
    void onTime() {
        if (!isOver() && nanos.getAsLong() - end > 0) {
            refuse("the print was not paused in time, so that it is not cancelled");
        }
    }

    private void refuse(String why) {
        result.tryFail(new CommandRefusedException(CommandRefusedException.Reason.STATE, why));
    }

    void fail(Throwable cause) {
        result.tryFail(cause);
    }

    boolean isOver() {
        return isSent || result.future().isComplete();
    }
}
