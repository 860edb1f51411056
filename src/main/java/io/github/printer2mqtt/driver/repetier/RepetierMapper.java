package io.github.printer2mqtt.driver.repetier;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Reading.Problem;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.net.PrinterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Repetier-Server's responses -> reading. Stateless. Source: the vendor's text on its API, and the models of RepetierSharp and
 * RepetierServerSharpApi.
 */
final class RepetierMapper {
    /** Instead of the file of a print. */
    private static final String NO_JOB = "none";

    /** The printer executes nothing more. */
    private static final int CONDITION_SHUTDOWN = 2;

    private static final int CONDITION_KILLED = 3;
    private static final int CONDITION_IGNORING = 4;
    private static final int CONDITION_OFFLINE = 5;

    private static final double FULL_VOLTAGE = 255;

    private RepetierMapper() {}

    /**
     * @param printer its entry in the list
     * @param state its entry in the states; may be empty
     * @param messages pending ones, read only while a print is paused
     * @param outcome of the print that ran until now; null if none ended or nothing proves how
     * @throws PrinterException if the server has no connection to the printer
     */
    static Reading reading(
            LenientJson printer, LenientJson state, List<LenientJson> messages, @Nullable JobResult outcome) {
        requireConnected(printer, state);
        PrinterState common = state(printer, state, messages);
        return new Reading(
                common,
                rawState(printer, state),
                message(common, state),
                temperatures(state),
                file(printer) == null ? null : job(printer, state),
                common == PrinterState.IDLE ? outcome : null,
                rounded(state.number("speedMultiply")),
                fan(state.elements("fans")),
                null,
                Set.of(),
                null,
                new Reading.Details(problems(state), List.of(), null));
    }

    /** The same between the end of a print and the event that says how it ended. */
    static Reading undecided(Reading idle) {
        return new Reading(
                PrinterState.BUSY,
                idle.rawState(),
                idle.message(),
                idle.temperatures(),
                null,
                null,
                idle.speed(),
                idle.fan(),
                idle.model(),
                idle.missing(),
                null,
                idle.details());
    }

    private static List<Problem> problems(LenientJson state) {
        List<Problem> problems = new ArrayList<>();
        if (isStopped(state)) {
            problems.add(new Problem(
                    "condition " + condition(state), Problem.Severity.ERROR, state.text("conditionReason")));
        }
        heaterErrors(state)
                .forEach(error -> problems.add(new Problem("heater error " + error, Problem.Severity.ERROR, null)));
        return problems;
    }

    /** Whether the server has a connection to the printer, so that a reading is possible. */
    static boolean isConnected(LenientJson printer, LenientJson state) {
        Integer online = printer.integer("online");
        return !printer.isFalse("active") && online != null && online != 0 && !isCut(state);
    }

    private static boolean isCut(LenientJson state) {
        Integer condition = condition(state);
        return condition != null && (condition == CONDITION_OFFLINE || condition == CONDITION_SHUTDOWN);
    }

    private static void requireConnected(LenientJson printer, LenientJson state) {
        if (printer.isFalse("active")) {
            throw new PrinterException(FailureReason.DISCONNECTED, "the printer is deactivated in Repetier-Server");
        }
        if (!isConnected(printer, state)) {
            throw new PrinterException(FailureReason.DISCONNECTED, "Repetier-Server has no connection to the printer");
        }
    }

    private static @Nullable Integer condition(LenientJson state) {
        return state.integer("condition");
    }

    private static PrinterState state(LenientJson printer, LenientJson state, List<LenientJson> messages) {
        if (isStopped(state) || !heaterErrors(state).isEmpty()) {
            return PrinterState.ERROR;
        }
        if (file(printer) == null) {
            return PrinterState.IDLE;
        }
        if (!isPaused(printer)) {
            return PrinterState.PRINTING;
        }
        return messages.stream().anyMatch(message -> message.isTrue("pause"))
                ? PrinterState.ATTENTION
                : PrinterState.PAUSED;
    }

    private static boolean isStopped(LenientJson state) {
        Integer condition = condition(state);
        return condition != null && (condition == CONDITION_KILLED || condition == CONDITION_IGNORING);
    }

    private static List<Integer> heaterErrors(LenientJson state) {
        List<LenientJson> heaters = new ArrayList<>(state.elements("extruder"));
        heaters.addAll(beds(state));
        heaters.addAll(state.elements("heatedChambers"));
        return heaters.stream()
                .map(heater -> Objects.requireNonNullElse(heater.integer("error"), 0))
                .filter(error -> error != 0)
                .toList();
    }

    /** Old servers know only {@code paused}. */
    static boolean isPaused(LenientJson printer) {
        Integer pauseState = printer.integer("pauseState");
        return file(printer) != null && (printer.isTrue("paused") || (pauseState != null && pauseState > 0));
    }

    private static String rawState(LenientJson printer, LenientJson state) {
        Integer condition = condition(state);
        if (isStopped(state)) {
            return "condition " + condition;
        }
        if (file(printer) == null) {
            return "idle";
        }
        return isPaused(printer) ? "paused" : Objects.requireNonNullElse(printer.text("jobstate"), "printing");
    }

    private static @Nullable String message(PrinterState common, LenientJson state) {
        return switch (common) {
            case ERROR -> {
                String reason = state.text("conditionReason");
                yield reason == null ? "The printer reports the error of a heater or ignores commands" : reason;
            }
            case ATTENTION -> "A message of Repetier-Server waits for somebody";
            default -> null;
        };
    }

    /** The file of the print; null without one. */
    static @Nullable String file(LenientJson printer) {
        String job = printer.text("job");
        return job == null || job.equals(NO_JOB) ? null : job;
    }

    private static Job job(LenientJson printer, LenientJson state) {
        Long id = printer.whole("jobid");
        Integer layers = printer.integer("ofLayer");
        return new Job(
                id == null ? null : id.toString(),
                file(printer),
                printer.number("done"),
                printer.whole("printedTimeComp"),
                remaining(printer),
                layers == null || layers == 0 ? null : state.integer("layer"),
                layers);
    }

    /** Seconds; null if unknown. */
    static @Nullable Long remaining(LenientJson printer) {
        Double total = printer.number("printTime");
        Double printed = printer.number("printedTimeComp");
        return total == null || printed == null || total <= 0
                ? null
                : Long.valueOf(Math.max(0, (long) (total - printed)));
    }

    private static Temperatures temperatures(LenientJson state) {
        List<Temperatures.Temperature> nozzles = new ArrayList<>();
        state.elements("extruder")
                .forEach(extruder -> nozzles.add(
                        new Temperatures.Temperature(extruder.number("tempRead"), extruder.number("tempSet"))));
        return new Temperatures(
                nozzles, first(beds(state)), first(state.elements("heatedChambers")), state.integer("activeExtruder"));
    }

    /** Before 0.9x there was one object. */
    private static List<LenientJson> beds(LenientJson state) {
        LenientJson single = state.at("heatedBed");
        return single.isObject() ? List.of(single) : state.elements("heatedBeds");
    }

    private static Temperatures.@Nullable Temperature first(List<LenientJson> heaters) {
        return heaters.isEmpty()
                ? null
                : Temperatures.Temperature.orNull(
                        heaters.get(0).number("tempRead"), heaters.get(0).number("tempSet"));
    }

    private static @Nullable Integer rounded(@Nullable Double value) {
        return value == null || Math.abs(value) > 1e6 ? null : Integer.valueOf((int) Math.round(value));
    }

    private static @Nullable Integer fan(List<LenientJson> fans) {
        if (fans.isEmpty()) {
            return null;
        }
        Double voltage = fans.get(0).number("voltage");
        if (fans.get(0).isFalse("on")) {
            return 0;
        }
        return voltage == null ? null : rounded(100 * voltage / FULL_VOLTAGE);
    }
}
