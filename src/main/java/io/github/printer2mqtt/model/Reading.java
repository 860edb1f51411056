package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.NumberSanitizer;
import io.github.printer2mqtt.text.TextSanitizer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a driver read from a printer at one moment, without anything that the bridge adds: see {@link Status}.
 *
 * @param state never {@code OFFLINE}, which only the fleet decides
 * @param rawState the printer's own name of its state, for support; null if it has none
 * @param message one line from the printer for people; null if none
 * @param job the print that the printer names, running or just ended; null if none
 * @param outcome the result of the print that ran until now, where the printer proves it without a state for it (OctoPrint is
 *     idle after a cancelled print); null otherwise
 * @param speed percent of the normal speed; null if unknown
 * @param fan percent of the part cooling fan; null if unknown or only known in revolutions
 * @param model as the printer reports it; null if it does not
 * @param missing capabilities of the driver that this printer lacks, as far as it reports so
 * @param pastJob the newest entry of the printer's history; null if the history was not read
 */
public record Reading(
        PrinterState state,
        @Nullable String rawState,
        @Nullable String message,
        Temperatures temperatures,
        @Nullable Job job,
        @Nullable JobResult outcome,
        @Nullable Integer speed,
        @Nullable Integer fan,
        @Nullable String model,
        Set<Capability> missing,
        @Nullable LastJob pastJob)
        implements PollResult {
    /** A hundred times the normal speed, in percent. */
    private static final int MAX_SPEED = 10_000;

    public Reading {
        if (state == PrinterState.OFFLINE) {
            throw new IllegalArgumentException("a reading cannot be offline: only the fleet decides that");
        }
        rawState = TextSanitizer.line(rawState, 64);
        message = TextSanitizer.line(message, 256);
        // No printer moves at 0 percent: one that reports so does not know its speed.
        speed = speed != null && speed == 0 ? null : NumberSanitizer.upTo(MAX_SPEED, speed);
        fan = NumberSanitizer.upTo(100, fan);
        model = TextSanitizer.line(model, 64);
        missing = Set.copyOf(missing);
    }

    /** Without missing capabilities and history. */
    public Reading(
            PrinterState state,
            @Nullable String rawState,
            @Nullable String message,
            Temperatures temperatures,
            @Nullable Job job,
            @Nullable JobResult outcome,
            @Nullable Integer speed,
            @Nullable Integer fan,
            @Nullable String model) {
        this(state, rawState, message, temperatures, job, outcome, speed, fan, model, Set.of(), null);
    }

    public Reading withPastJob(@Nullable LastJob past) {
        return new Reading(state, rawState, message, temperatures, job, outcome, speed, fan, model, missing, past);
    }
}
