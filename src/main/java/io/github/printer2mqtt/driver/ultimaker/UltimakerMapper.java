package io.github.printer2mqtt.driver.ultimaker;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** UltiMaker's responses -> reading. Stateless. Source of the words: the API page of the printers. */
final class UltimakerMapper {
    /** An ended print without a result has finished from here on. */
    private static final double COMPLETE = 0.995;

    private static final String NEEDS_CLEANUP = "Remove the print and confirm on the printer's screen";
    private static final String NEEDS_USER = "The printer waits for somebody at its screen";

    private UltimakerMapper() {}

    /**
     * @param printer the response of {@code /api/v1/printer}, with a status
     * @param job that of {@code /api/v1/print_job}; empty without a print
     * @param model null if unknown
     * @param missing capabilities that cannot be used
     */
    static Reading reading(LenientJson printer, LenientJson job, @Nullable String model, Set<Capability> missing) {
        String status = Objects.requireNonNullElse(printer.text("status"), "");
        String word = jobState(job);
        PrinterState state = state(status, word, job);
        return new Reading(
                state,
                word == null || isMachineState(status) ? status : word,
                message(state, word),
                temperatures(printer),
                word == null ? null : job(job, state),
                null,
                null,
                fan(printer),
                model,
                missing,
                null,
                new Reading.Details(List.of(), List.of(), light(printer)));
    }

    /** The state of the print; null without one. */
    private static @Nullable String jobState(LenientJson job) {
        String word = job.text("state");
        return word == null || word.equals("none") ? null : word;
    }

    private static boolean isMachineState(String status) {
        return switch (status) {
            case "error", "booting", "waiting_for_peripherals", "maintenance" -> true;
            default -> false;
        };
    }

    private static PrinterState state(String status, @Nullable String word, LenientJson job) {
        if (isMachineState(status)) {
            return status.equals("error") ? PrinterState.ERROR : PrinterState.BUSY;
        }
        if (word == null) {
            // A print that is being aborted is shown as printing without a print.
            return status.equals("idle") ? PrinterState.IDLE : PrinterState.BUSY;
        }
        return switch (word) {
            case "pre_print" -> PrinterState.PREPARING;
            case "printing", "resuming" -> PrinterState.PRINTING;
            case "pausing", "paused" -> PrinterState.PAUSED;
            case "wait_cleanup" -> ended(job);
            case "wait_user_action" -> hasResult(job) ? ended(job) : PrinterState.ATTENTION;
            default -> PrinterState.BUSY; // post_print and unknown words
        };
    }

    private static boolean hasResult(LenientJson job) {
        return job.text("result") != null;
    }

    /** The case of the result varies between firmwares; some leave it empty after a finished print. */
    private static PrinterState ended(LenientJson job) {
        String result = Objects.requireNonNullElse(job.text("result"), "").toLowerCase(Locale.ROOT);
        return switch (result) {
            case "finished" -> PrinterState.FINISHED;
            case "aborted" -> PrinterState.CANCELLED;
            case "failed" -> PrinterState.ERROR;
            default -> {
                Double progress = job.number("progress");
                yield progress != null && progress >= COMPLETE ? PrinterState.FINISHED : PrinterState.ATTENTION;
            }
        };
    }

    private static @Nullable String message(PrinterState state, @Nullable String word) {
        if (word != null && word.equals("wait_cleanup")) {
            return NEEDS_CLEANUP;
        }
        if (word != null && word.equals("wait_user_action")) {
            return NEEDS_USER;
        }
        return state == PrinterState.ERROR ? "The printer reports an error, its screen says which" : null;
    }

    private static Job job(LenientJson job, PrinterState state) {
        Double progress = job.number("progress");
        boolean isFinished = state == PrinterState.FINISHED;
        return new Job(
                job.text("uuid"),
                job.text("name"),
                isFinished ? Double.valueOf(100) : progress == null ? null : Double.valueOf(progress * 100),
                job.whole("time_elapsed"),
                isFinished ? Long.valueOf(0) : remaining(job),
                null,
                null);
    }

    /** The total is 0 until it is known; a print that takes longer has no estimate. */
    private static @Nullable Long remaining(LenientJson job) {
        Long total = job.whole("time_total");
        Long elapsed = job.whole("time_elapsed");
        return total == null || elapsed == null || total <= elapsed ? null : Long.valueOf(total - elapsed);
    }

    private static Temperatures temperatures(LenientJson printer) {
        List<Temperatures.Temperature> nozzles = new ArrayList<>();
        for (LenientJson head : printer.elements("heads")) {
            for (LenientJson extruder : head.elements("extruders")) {
                nozzles.add(heater(extruder.at("hotend", "temperature")));
            }
        }
        boolean isAnyKnown = nozzles.stream().anyMatch(nozzle -> nozzle.actual() != null || nozzle.target() != null);
        LenientJson bed = printer.at("bed", "temperature");
        return new Temperatures(
                isAnyKnown ? nozzles : List.of(),
                Temperatures.Temperature.orNull(bed.number("current"), bed.number("target")),
                null);
    }

    private static Temperatures.Temperature heater(LenientJson temperature) {
        return new Temperatures.Temperature(temperature.number("current"), temperature.number("target"));
    }

    private static @Nullable Integer fan(LenientJson printer) {
        List<LenientJson> heads = printer.elements("heads");
        Double fan = heads.isEmpty() ? null : heads.get(0).number("fan");
        return fan == null || fan < 0 || fan > 100 ? null : Integer.valueOf((int) Math.round(fan));
    }

    private static @Nullable Boolean light(LenientJson printer) {
        Double brightness = printer.number("led", "brightness");
        return brightness == null ? null : Boolean.valueOf(brightness > 0);
    }
}
