package io.github.printer2mqtt.driver.elegoo;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Reading.Problem;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A status of SDCP -> reading. Stateless. Source of the members: the description of SDCP 3, and recordings. */
final class ElegooMapper {
    private static final double MILLIS = 1000;
    private static final double PERCENT = 100;

    private ElegooMapper() {}

    /**
     * @param status the object of that name in a message
     * @param memory of the statuses until this one
     * @param model null if unknown
     */
    static Reading reading(LenientJson status, PrintMemory memory, @Nullable String model) {
        SdcpStatus codes = SdcpStatus.of(status);
        PrinterState state = codes.state();
        return new Reading(
                state,
                codes.raw(),
                message(state, codes.error()),
                temperatures(status),
                job(status, codes, memory),
                null,
                status.integer("PrintInfo", "PrintSpeedPct"),
                status.integer("CurrentFanSpeed", "ModelFan"),
                model,
                missing(codes),
                null,
                new Reading.Details(problems(codes), List.of(), light(status)));
    }

    private static @Nullable String message(PrinterState state, int error) {
        return switch (state) {
            case ERROR ->
                error == 0
                        ? "The printer reports an error, its screen says which"
                        : "The printer reports error " + error;
            case ATTENTION ->
                error == 0
                        ? "The printer waits for somebody at its screen"
                        : "The printer waits for somebody at its screen: error " + error;
            default -> null;
        };
    }

    private static List<Problem> problems(SdcpStatus codes) {
        return codes.error() == 0
                ? List.of()
                : List.of(new Problem(String.valueOf(codes.error()), Problem.Severity.ERROR, null));
    }

    private static Temperatures temperatures(LenientJson status) {
        Temperature nozzle = Temperature.orNull(status.number("TempOfNozzle"), status.number("TempTargetNozzle"));
        return new Temperatures(
                nozzle == null ? List.of() : List.of(nozzle),
                Temperature.orNull(status.number("TempOfHotbed"), status.number("TempTargetHotbed")),
                Temperature.orNull(status.number("TempOfBox"), status.number("TempTargetBox")));
    }

    /** The counters of the last print stay while the printer is idle. */
    private static @Nullable Job job(LenientJson status, SdcpStatus codes, PrintMemory memory) {
        PrinterState state = codes.state();
        if (codes.isActive()) {
            return running(status, codes, memory);
        }
        boolean isEnded =
                state == PrinterState.FINISHED || state == PrinterState.CANCELLED || state == PrinterState.ERROR;
        if (!isEnded) {
            return null;
        }
        Job ended = new Job(
                memory.id(),
                memory.file(),
                memory.progress(),
                seconds(status, codes, "CurrentTicks"),
                null,
                status.integer("PrintInfo", "CurrentLayer"),
                status.integer("PrintInfo", "TotalLayer"));
        return state == PrinterState.FINISHED ? ended.asFinished() : ended;
    }

    private static Job running(LenientJson status, SdcpStatus codes, PrintMemory memory) {
        return new Job(
                memory.id(),
                memory.file(),
                progress(status),
                seconds(status, codes, "CurrentTicks"),
                remaining(status, codes),
                codes.layer(),
                status.integer("PrintInfo", "TotalLayer"));
    }

    /** Percent; of the layers on resin printers, which state no other. Null if unknown. */
    static @Nullable Double progress(LenientJson status) {
        Double progress = status.number("PrintInfo", "Progress");
        Double layer = status.number("PrintInfo", "CurrentLayer");
        Double layers = status.number("PrintInfo", "TotalLayer");
        if (progress != null || layer == null || layers == null || layers <= 0) {
            return progress;
        }
        return layer * PERCENT / layers;
    }

    private static @Nullable Long remaining(LenientJson status, SdcpStatus codes) {
        Double now = status.number("PrintInfo", "CurrentTicks");
        Double total = status.number("PrintInfo", "TotalTicks");
        return now == null || total == null || total <= 0
                ? null
                : Long.valueOf(Math.round(Math.max(0, total - now) / unit(codes)));
    }

    private static @Nullable Long seconds(LenientJson status, SdcpStatus codes, String name) {
        Double ticks = status.number("PrintInfo", name);
        return ticks == null ? null : Long.valueOf((long) (ticks / unit(codes)));
    }

    /** Resin printers count milliseconds, the Centauri seconds. */
    private static double unit(SdcpStatus codes) {
        return codes.resin() ? MILLIS : 1;
    }

    /** Resin printers have nothing to heat or to light, and one speed. */
    private static Set<Capability> missing(SdcpStatus codes) {
        return codes.resin()
                ? EnumSet.of(
                        Capability.NOZZLE_TEMPERATURE, Capability.BED_TEMPERATURE, Capability.LIGHT, Capability.SPEED)
                : Set.of();
    }

    private static @Nullable Boolean light(LenientJson status) {
        Integer light = status.integer("LightStatus", "SecondLight");
        return light == null ? null : Boolean.valueOf(light != 0);
    }
}
