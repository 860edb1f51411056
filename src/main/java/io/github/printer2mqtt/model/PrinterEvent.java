package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.WireConstant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of a printer. Never coalesced; consumers recognise duplicates by {@code id}.
 *
 * @param id {@code <printer>-<bridge start, ms>-<session>-<n>}, unique for ever; sessions are numbered across the bridge
 * @param at when the bridge saw it
 * @param name display name of the printer
 * @param group of the printer; null if it belongs to none
 * @param job the print concerned as last described; for availability events the print of the status, for plate
 *     events the print on the plate; null if there is none
 * @param from the state before
 * @param to the state after
 */
public record PrinterEvent(
        Type type,
        String id,
        Instant at,
        PrinterId printer,
        String name,
        @Nullable String group,
        Status.@Nullable CurrentJob job,
        PrinterState from,
        PrinterState to) {

    /** Described in docs/reference/mqtt.md. */
    public enum Type implements WireConstant {
        PRINT_STARTED,
        PRINT_PAUSED,
        PRINT_RESUMED,
        PRINT_FINISHED,
        PRINT_CANCELLED,
        PRINT_FAILED,
        ATTENTION,
        ATTENTION_CLEARED,
        PRINTER_OFFLINE,
        PRINTER_ONLINE,
        PLATE_READY,
        PLATE_CLEARED;

        /** Whether a print ended. */
        public boolean isJobEnd() {
            return this == PRINT_FINISHED || this == PRINT_CANCELLED || this == PRINT_FAILED;
        }
    }
}
