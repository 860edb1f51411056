package io.github.printer2mqtt.history;

import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Status;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the present status of a printer adds to its statistics. Pure. */
final class PresentPrint {
    private PresentPrint() {}

    /**
     * When a printer can begin another print: the present if it is free, null if it depends on a person or on what is unknown.
     *
     * @param now the present
     */
    static @Nullable Instant nextFree(Status status, Instant now) {
        if (!status.online() || status.maintenance() != null) {
            return null;
        }
        return switch (status.state()) {
            case IDLE, FINISHED, CANCELLED -> isOccupied(status) ? null : now;
            case PRINTING, PREPARING -> finish(status, now);
            case PAUSED, BUSY, ERROR, ATTENTION, OFFLINE, UNKNOWN -> null;
        };
    }

    private static boolean isOccupied(Status status) {
        return status.plate() != null && status.plate().isOccupied();
    }

    private static @Nullable Instant finish(Status status, Instant now) {
        Instant finish = status.job() == null ? null : status.job().finishAt();
        return finish == null || finish.isAfter(now) ? finish : now;
    }

    /** Seconds of the running print that lie in a period; 0 if none runs or its time is unknown. */
    static long printedSeconds(Status status, Instant from, Instant to, Instant now) {
        boolean runs = status.state() == PrinterState.PRINTING
                || status.state() == PrinterState.PREPARING
                || status.state() == PrinterState.PAUSED;
        Long elapsed = runs && status.job() != null ? status.job().job().elapsed() : null;
        if (elapsed == null) {
            return 0;
        }
        Instant start = now.minusSeconds(elapsed);
        Instant begin = start.isAfter(from) ? start : from;
        Instant end = now.isBefore(to) ? now : to;
        return end.isAfter(begin) ? Duration.between(begin, end).toSeconds() : 0;
    }
}
