package io.github.printer2mqtt.printer;

import java.time.Instant;
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
        EventType type,
        String id,
        Instant at,
        PrinterId printer,
        String name,
        @Nullable String group,
        @Nullable JobStatus job,
        PrinterState from,
        PrinterState to) {}
