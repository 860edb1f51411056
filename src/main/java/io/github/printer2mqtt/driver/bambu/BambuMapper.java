package io.github.printer2mqtt.driver.bambu;

import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Reading.Details;
import io.github.printer2mqtt.model.Temperatures;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A printer's merged report → reading. Stateless. */
final class BambuMapper {
    /** Fan steps of the firmware; larger values are of 255. */
    private static final int FAN_STEPS = 15;

    /** Of {@code fun}: commands must be signed, so Developer mode is off. Source: ha-bambulab. */
    private static final long SIGNATURE_REQUIRED = 0x2000_0000L;

    private static final Set<Capability> UNSIGNED = EnumSet.of(Capability.LIGHT);

    private BambuMapper() {}

    /**
     * @param nanos monotonic time
     * @param model as far as known
     */
    static Reading reading(BambuReport report, PrintTrack track, BambuModel model, long nanos) {
        PrinterState state = state(report, track, nanos);
        Temperatures temperatures = BambuHeaters.temperatures(report, model);
        return new Reading(
                        state,
                        rawState(report),
                        message(report, track, state),
                        temperatures,
                        job(report, track, state),
                        null,
                        report.integer("spd_mag"),
                        fan(report),
                        model.name(),
                        missing(report),
                        null)
                .withDetails(new Details(
                        BambuCodes.problems(report),
                        BambuFilaments.filaments(report, temperatures.activeNozzle()),
                        light(report)));
    }

    /** Source: {@code gcode_state} and {@code stg_cur} of BambuStudio and ha-bambulab. */
    private static PrinterState state(BambuReport report, PrintTrack track, long nanos) {
        String state = String.valueOf(report.state());
        if (BambuReport.PREPARING.contains(state)) {
            return track.isCalibration() ? PrinterState.BUSY : PrinterState.PREPARING;
        }
        return switch (state) {
            case BambuReport.RUNNING ->
                track.isCalibration()
                        ? PrinterState.BUSY
                        : isPreparing(report, track) ? PrinterState.PREPARING : PrinterState.PRINTING;
            case BambuReport.PAUSE ->
                BambuCodes.needsAttention(report.error()) || BambuStage.isFault(report.stage())
                        ? PrinterState.ATTENTION
                        : PrinterState.PAUSED;
            case BambuReport.FINISH -> track.isCalibration() ? PrinterState.IDLE : PrinterState.FINISHED;
            case BambuReport.FAILED -> ended(track, nanos);
            case BambuReport.IDLE -> isWorking(report.stage()) ? PrinterState.BUSY : PrinterState.IDLE;
            default -> PrinterState.BUSY;
        };
    }

    private static PrinterState ended(PrintTrack track, long nanos) {
        return switch (track.end(nanos)) {
            case CANCELLED -> track.isCalibration() ? PrinterState.IDLE : PrinterState.CANCELLED;
            case UNDECIDED -> PrinterState.BUSY;
            case FAILED -> PrinterState.ERROR;
        };
    }

    private static boolean isPreparing(BambuReport report, PrintTrack track) {
        Integer layer = track.layer();
        return BambuStage.isPreparation(report.stage()) && (layer == null || layer <= 0);
    }

    /** Calibrates, homes or changes the filament; 0 is what some firmware shows when it does nothing. */
    private static boolean isWorking(int stage) {
        return stage != BambuReport.NO_STAGE && stage != 0;
    }

    private static @Nullable String rawState(BambuReport report) {
        String state = report.state();
        int stage = report.stage();
        return state == null || stage == BambuReport.NO_STAGE || stage == 0
                ? state
                : state + ", " + BambuStage.name(stage);
    }

    private static @Nullable String message(BambuReport report, PrintTrack track, PrinterState state) {
        long error = report.error();
        return switch (state) {
            case ATTENTION ->
                BambuCodes.needsAttention(error)
                        ? BambuCodes.message(error)
                        : "The printer paused: " + BambuStage.name(report.stage());
            case ERROR ->
                track.failure() == 0
                        ? "The print ended before it began, and the printer gives no reason"
                        : BambuCodes.message(track.failure());
            default -> null;
        };
    }

    private static @Nullable Job job(BambuReport report, PrintTrack track, PrinterState state) {
        if (state == PrinterState.IDLE || track.isCalibration() || BambuReport.IDLE.equals(report.state())) {
            return null;
        }
        Integer layers = track.layers();
        if (state == PrinterState.FINISHED) {
            Integer total = layers == null ? positive(report.integer("total_layer_num")) : layers;
            return new Job(null, track.name(), 100.0, null, 0L, total, total);
        }
        if (state == PrinterState.CANCELLED || state == PrinterState.ERROR) {
            Integer total = layers == null ? positive(report.integer("total_layer_num")) : layers;
            return new Job(null, track.name(), track.progress(), null, null, track.layer(), total);
        }
        if (BambuReport.PREPARING.contains(String.valueOf(report.state()))) {
            return new Job(null, track.name(), null, null, null, null, null);
        }
        Double minutes = report.number("mc_remaining_time");
        Long remaining = minutes == null ? null : Long.valueOf((long) (minutes * 60));
        return new Job(null, track.name(), report.number("mc_percent"), null, remaining, track.layer(), layers);
    }

    private static @Nullable Integer positive(@Nullable Integer number) {
        return number == null || number <= 0 ? null : number;
    }

    private static @Nullable Integer fan(BambuReport report) {
        Double steps = report.number("cooling_fan_speed");
        if (steps == null || steps < 0 || steps > 255) {
            return null;
        }
        return (int) Math.round(steps * 100 / (steps <= FAN_STEPS ? FAN_STEPS : 255));
    }

    private static @Nullable Boolean light(BambuReport report) {
        return report.print().elements("lights_report").stream()
                .filter(light -> "chamber_light".equals(light.text("node")))
                .map(light -> light.text("mode"))
                .findFirst()
                .map(mode -> !mode.equals("off"))
                .orElse(null);
    }

    /** Nothing is missing where the printer does not tell: A1 and P1 do not. */
    private static Set<Capability> missing(BambuReport report) {
        String fun = report.print().text("fun");
        if (fun == null || !fun.matches("[0-9A-Fa-f]{1,16}")) {
            return Set.of();
        }
        return (Long.parseUnsignedLong(fun, 16) & SIGNATURE_REQUIRED) == 0 ? Set.of() : signedOnly();
    }

    /** What needs Developer mode, because the bridge cannot sign. */
    static Set<Capability> signedOnly() {
        Set<Capability> missing = EnumSet.copyOf(BambuDriver.CAPABILITIES);
        missing.removeAll(UNSIGNED);
        return missing;
    }
}
