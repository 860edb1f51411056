package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.NumberSanitizer;
import io.github.printer2mqtt.text.TextSanitizer;
import io.github.printer2mqtt.text.WireConstant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
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
 * @param details what only some printers report
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
        @Nullable LastJob pastJob,
        Details details)
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

    /** Without details. */
    public Reading(
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
            @Nullable LastJob pastJob) {
        this(state, rawState, message, temperatures, job, outcome, speed, fan, model, missing, pastJob, Details.none());
    }

    /** Without missing capabilities, history and details. */
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
        return new Reading(
                state, rawState, message, temperatures, job, outcome, speed, fan, model, missing, past, details);
    }

    public Reading withDetails(Details more) {
        return new Reading(
                state, rawState, message, temperatures, job, outcome, speed, fan, model, missing, pastJob, more);
    }

    /**
     * What only some printers report beyond the values that all have.
     *
     * @param problems every fault that the printer names, worst first, at most 20
     * @param filaments what is loaded, in the printer's order, at most 32; empty if unknown
     * @param light whether the light of the chamber is on; null if unknown or there is none
     */
    public record Details(
            List<Problem> problems,
            List<Filament> filaments,
            @Nullable Boolean light) {
        private static final int MAX_PROBLEMS = 20;

        /** Four units of four slots, eight of one slot and two external spools fit. */
        private static final int MAX_FILAMENTS = 32;

        private static final Details NONE = new Details(List.of(), List.of(), null);

        public Details {
            problems = problems.stream()
                    .sorted(Comparator.comparing(Problem::severity))
                    .limit(MAX_PROBLEMS)
                    .toList();
            filaments = filaments.stream().limit(MAX_FILAMENTS).toList();
        }

        public static Details none() {
            return NONE;
        }

        /** Whether both name the same filaments, however much is left of them. */
        public boolean hasSameFilaments(Details other) {
            return filaments.equals(other.filaments)
                    || filaments.stream()
                            .map(Filament::withoutRemaining)
                            .toList()
                            .equals(other.filaments.stream()
                                    .map(Filament::withoutRemaining)
                                    .toList());
        }
    }

    /**
     * A fault that the printer names.
     *
     * @param code as printed in the manufacturer's documentation, at most 64 characters; {@code unknown} if the printer gives none
     * @param message one line for people; null if the printer only gives the code
     */
    public record Problem(
            String code, Severity severity, @Nullable String message) {
        public Problem {
            code = Objects.requireNonNullElse(TextSanitizer.line(code, 64), "unknown");
            message = TextSanitizer.line(message, 256);
        }

        /** The worst first. */
        public enum Severity implements WireConstant {
            ERROR,
            WARNING,
            INFO
        }
    }

    /**
     * A loaded filament.
     *
     * @param slot as named on the printer, at most 32 characters
     * @param type the material, for example {@code PLA}; null if unknown
     * @param color {@code #rrggbb}; null if unknown or in another form
     * @param name of the product; null if unknown
     * @param remaining percent; null if unknown
     * @param active whether the printer prints with it now; null if unknown
     */
    public record Filament(
            String slot,
            @Nullable String type,
            @Nullable String color,
            @Nullable String name,
            @Nullable Integer remaining,
            @Nullable Boolean active) {
        private static final Pattern COLOR = Pattern.compile("#[0-9a-f]{6}");

        public Filament {
            slot = Objects.requireNonNullElse(TextSanitizer.line(slot, 32), "unknown");
            type = TextSanitizer.line(type, 32);
            color = color == null ? null : color.toLowerCase(Locale.ROOT);
            color = color != null && COLOR.matcher(color).matches() ? color : null;
            name = TextSanitizer.line(name, 64);
            remaining = NumberSanitizer.upTo(100, remaining);
        }

        private Filament withoutRemaining() {
            return new Filament(slot, type, color, name, null, active);
        }
    }
}
