package io.github.printer2mqtt.model;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A happening. Never coalesced and never repeated: a consumer drops duplicates by {@code id}.
 *
 * @param type what happened
 * @param id {@code <printer>-<bridge start, ms>-<session>-<n>}, unique for ever; sessions are counted for the whole bridge
 * @param at when the bridge saw it
 * @param printer to whom
 * @param name of the printer, for people
 * @param group of the printer; null if it belongs to none
 * @param job the print it is about, at its end as last described; for availability the one that the status shows; null if
 *     there is none
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

    /** What can happen to a printer; docs/reference/mqtt.md describes each type. */
    public enum Type {
        PRINT_STARTED,
        PRINT_PAUSED,
        PRINT_RESUMED,
        PRINT_FINISHED,
        PRINT_CANCELLED,
        PRINT_FAILED,
        ATTENTION,
        ATTENTION_CLEARED,
        PRINTER_OFFLINE,
        PRINTER_ONLINE;

        /** The name used in documents. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it tells that a print is over. */
        public boolean isJobEnd() {
            return this == PRINT_FINISHED || this == PRINT_CANCELLED || this == PRINT_FAILED;
        }
    }
}
