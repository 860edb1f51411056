package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.NumberSanitizer;
import io.github.printer2mqtt.text.TextSanitizer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a driver found at one moment. Holds nothing that the bridge adds (ids, counts, times): see {@link Status}.
 *
 * @param state never {@code OFFLINE}, which only the fleet says
 * @param rawState the printer's own word for its state, for support; null if it has none
 * @param message what the printer wants to tell people, one line; null if nothing
 * @param temperatures the heaters
 * @param job the print the printer speaks of, running or just ended; null if none
 * @param outcome how the print that ran until now ended, where the printer proves it without a state of its own for it
 *     (OctoPrint is idle after a cancelled print); null otherwise
 * @param speed percent of the normal speed; null if unknown
 * @param fan percent of the part cooling fan; null if unknown or only known in revolutions
 * @param model what the printer says it is; null if it does not
 * @param missing what this printer cannot do of all that its driver can, as far as it says so
 * @param pastJob the print that ended last by the printer's own history; null if that was not asked, which it seldom is
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
    private static final int MOST_SPEED = 10_000;

    public Reading {
        if (state == PrinterState.OFFLINE) {
            throw new IllegalArgumentException("a reading cannot be offline: only the fleet says so");
        }
        rawState = TextSanitizer.line(rawState, 64);
        message = TextSanitizer.line(message, 256);
        // No printer moves at 0 percent: one that says so does not know.
        speed = speed != null && speed == 0 ? null : NumberSanitizer.upTo(MOST_SPEED, speed);
        fan = NumberSanitizer.upTo(100, fan);
        model = TextSanitizer.line(model, 64);
        missing = Set.copyOf(missing);
    }

    /** Of a printer that can do all that its driver can, without its history. */
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

    /** The same, with what the printer's history says of the print that ended last. */
    public Reading withPastJob(@Nullable LastJob past) {
        return new Reading(state, rawState, message, temperatures, job, outcome, speed, fan, model, missing, past);
    }
}
