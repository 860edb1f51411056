package io.github.printer2mqtt.driver.elegoocc2;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Reading.Problem;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The status of a Centauri Carbon 2 -> reading. Stateless; what happened before is in {@link PrintTrack}. */
final class Cc2Mapper {
    private static final double FULL_FAN = 255;
    private static final double PERCENT = 100;

    private Cc2Mapper() {}

    static Reading reading(LenientJson status, PrintTrack track) {
        Cc2Status codes = Cc2Status.of(status);
        PrinterState state = codes.state();
        List<Problem> problems = problems(status);
        return new Reading(
                state,
                codes.raw(),
                message(state, problems),
                temperatures(status),
                job(status, codes, track),
                state == PrinterState.IDLE ? track.outcome() : null,
                null,
                fan(status),
                null,
                Set.of(),
                null,
                new Reading.Details(problems, List.of(), light(status)));
    }

    private static @Nullable String message(PrinterState state, List<Problem> problems) {
        String first = problems.isEmpty() ? null : problems.get(0).message();
        String code = problems.isEmpty() ? "" : " " + problems.get(0).code();
        return switch (state) {
            case ERROR -> first == null ? "The printer reports an error" + code : first;
            case ATTENTION -> first == null ? "The printer waits for somebody at its screen" + code : first;
            default -> null;
        };
    }

    private static List<Problem> problems(LenientJson status) {
        List<Problem> problems = new ArrayList<>();
        for (LenientJson code : status.elements("machine_status", "exception_status")) {
            Long number = code.whole();
            if (number != null) {
                problems.add(new Problem(String.valueOf(number), Problem.Severity.WARNING, text(number)));
            }
        }
        return problems;
    }

    /** Source: elegoo-homeassistant. */
    private static @Nullable String text(long code) {
        return code == 109 ? "Filament ran out" : code == 1026 ? "The bed was not levelled" : null;
    }

    private static Temperatures temperatures(LenientJson status) {
        Temperature nozzle =
                Temperature.orNull(status.number("extruder", "temperature"), status.number("extruder", "target"));
        return new Temperatures(
                nozzle == null ? List.of() : List.of(nozzle),
                Temperature.orNull(status.number("heater_bed", "temperature"), status.number("heater_bed", "target")),
                Temperature.orNull(status.number("ztemperature_sensor", "temperature"), null));
    }

    private static @Nullable Job job(LenientJson status, Cc2Status codes, PrintTrack track) {
        PrinterState state = codes.state();
        if (codes.isActive()) {
            return numbers(status, track);
        }
        Job named = new Job(track.id(), track.file(), null, null, null, null, null);
        return switch (state) {
            case FINISHED -> numbers(status, track).asFinished();
            case CANCELLED, ERROR, BUSY, ATTENTION -> track.isRunning() || track.outcome() != null ? named : null;
            default -> null;
        };
    }

    /** {@code total_duration} counts the warm-up as well. */
    private static Job numbers(LenientJson status, PrintTrack track) {
        LenientJson print = status.at("print_status");
        Double progress = print.number("progress");
        Integer layer = print.integer("current_layer");
        Integer layers = print.integer("total_layer");
        boolean isBeyond = layer != null && layers != null && layer > layers;
        return new Job(
                track.id(),
                track.file(),
                progress == null ? status.number("machine_status", "progress") : progress,
                print.whole("print_duration"),
                print.whole("remaining_time_sec"),
                isBeyond ? null : layer,
                layers);
    }

    private static @Nullable Integer fan(LenientJson status) {
        Double speed = status.number("fans", "fan", "speed");
        return speed == null ? null : Integer.valueOf((int) Math.round(speed * PERCENT / FULL_FAN));
    }

    private static @Nullable Boolean light(LenientJson status) {
        Integer light = status.integer("led", "status");
        return light == null ? null : Boolean.valueOf(light != 0);
    }
}
