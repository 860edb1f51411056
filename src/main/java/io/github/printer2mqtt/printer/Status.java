package io.github.printer2mqtt.printer;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the outside sees of one printer: the newest reading and what the bridge knows beside it. Immutable; the document
 * made of it is described in docs/reference/status.md.
 *
 * @param id the printer
 * @param name for people
 * @param driver the id of its driver
 * @param model from the registration, else from the printer; null if neither says
 * @param group null if it belongs to none
 * @param tags in the user's order
 * @param state what it is doing
 * @param rawState the printer's own word; null if offline or it has none
 * @param message for people; null if there is nothing to say
 * @param online whether it answers
 * @param temperatures unknown while offline
 * @param job null if there is none; the last known one, stale, while offline
 * @param lastJob null if no print has ended yet
 * @param speed percent; null if unknown
 * @param fan percent; null if unknown
 * @param capabilities what it can do at all
 * @param poll how asking went last
 */
public record Status(
        PrinterId id,
        String name,
        String driver,
        @Nullable String model,
        @Nullable String group,
        List<String> tags,
        PrinterState state,
        @Nullable String rawState,
        @Nullable String message,
        boolean online,
        Temperatures temperatures,
        @Nullable JobStatus job,
        @Nullable LastJob lastJob,
        @Nullable Integer speed,
        @Nullable Integer fan,
        Set<Capability> capabilities,
        PollStatus poll) {}
