package io.github.printer2mqtt.net;

import io.github.printer2mqtt.model.FailureReason;
import java.time.Duration;

/**
 * Limits what a printer may send in a second. A burst pauses reading until the second is over, which TCP passes on to the
 * printer; a printer that exceeds the limit in many seconds on end is disconnected, since what it sends would be ever
 * older. Not thread-safe.
 */
public final class ReceiveLimit {
    /** Messages a second. Klipper sends 5; a flood of 100 is read without a pause. */
    public static final int MESSAGES = 250;

    /** Bytes a second. */
    public static final int BYTES = 2 * 1024 * 1024;

    /** Seconds on end after which a printer is disconnected. */
    public static final int SECONDS = 10;

    private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();

    private long windowStart;
    private int messages;
    private long bytes;
    private int exceededInARow;

    /** @param nowNanos monotonic time */
    public ReceiveLimit(long nowNanos) {
        this.windowStart = nowNanos;
    }

    /**
     * Counts what was received, and returns how long to pause; zero for no pause.
     *
     * @throws PrinterException with {@code TOO_LARGE} if the limit is exceeded permanently
     */
    public Duration onReceived(int moreMessages, int moreBytes, long nowNanos) {
        long passed = nowNanos - windowStart;
        if (passed >= WINDOW_NANOS) {
            // The pause ends a little after the window, so a window that follows closely still counts as the next one.
            exceededInARow = isExceeded() && passed < 2 * WINDOW_NANOS ? exceededInARow + 1 : 0;
            windowStart = nowNanos;
            messages = 0;
            bytes = 0;
        }
        messages += moreMessages;
        bytes += moreBytes;
        if (!isExceeded()) {
            return Duration.ZERO;
        }
        if (exceededInARow >= SECONDS) {
            throw new PrinterException(
                    FailureReason.TOO_LARGE,
                    "sends more than " + MESSAGES + " messages or " + BYTES / 1024 / 1024 + " MiB a second");
        }
        return Duration.ofNanos(windowStart + WINDOW_NANOS - nowNanos);
    }

    private boolean isExceeded() {
        return messages > MESSAGES || bytes > BYTES;
    }
}
