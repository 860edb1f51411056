package io.github.printer2mqtt.driver.creality;

import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Reading.Details;
import io.github.printer2mqtt.model.Reading.Filament;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.Temperatures.Temperature;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A printer's merged status → reading. Stateless. */
final class CrealityMapper {
    /** {@code feedState} while the filament stands still. Source: CrealityPrint. */
    private static final Set<Integer> NOT_FEEDING = Set.of(0, 3, 14);

    private CrealityMapper() {}

    /** @param outcome of the print that ended; null if nothing proves it */
    static Reading reading(CrealityReport report, List<Filament> filaments, @Nullable JobResult outcome) {
        PrinterState state = state(report);
        return new Reading(
                        state,
                        rawState(report),
                        message(report, state),
                        temperatures(report),
                        job(report, state),
                        state == PrinterState.IDLE ? outcome : null,
                        report.integer("curFeedratePct"),
                        report.integer("modelFanPct"),
                        CrealityModel.name(report),
                        missing(report),
                        null)
                .withDetails(new Details(CrealityErrors.problems(report.error()), filaments, light(report)));
    }

    /**
     * Source: {@code state} and {@code errLevel} of CrealityPrint's device manager; {@code deviceState} by what
     * print-farm-manager found on a K1.
     */
    private static PrinterState state(CrealityReport report) {
        int error = report.error();
        boolean isBusy = report.isDeviceBusy();
        Integer raw = report.state();
        int state = raw == null ? CrealityReport.IDLE : raw;
        if (CrealityErrors.isFatal(error) || (state == CrealityReport.FAILED && !isBusy)) {
            return PrinterState.ERROR;
        }
        boolean isEmpty = report.isOutOfFilament() && report.isUnderWay();
        if (error != 0 || isEmpty || report.isPowerLossPending()) {
            return PrinterState.ATTENTION;
        }
        if (report.isPaused()) {
            return PrinterState.PAUSED;
        }
        if (report.isPrinting()) {
            return isPreparing(report) ? PrinterState.PREPARING : PrinterState.PRINTING;
        }
        if (isBusy || report.isStopping() || isOccupied(report)) {
            return PrinterState.BUSY;
        }
        return switch (state) {
            case CrealityReport.IDLE -> PrinterState.IDLE;
            case CrealityReport.COMPLETE -> PrinterState.FINISHED;
            case CrealityReport.ABORTED -> PrinterState.CANCELLED;
            default -> PrinterState.BUSY;
        };
    }

    private static boolean isPreparing(CrealityReport report) {
        return report.isSelfTest() || (report.is("layer", 0) && report.is("printProgress", 0));
    }

    /** Feeds filament or installs firmware, without a print. */
    private static boolean isOccupied(CrealityReport report) {
        Integer feed = report.integer("feedState");
        Integer upgrade = report.integer("upgradeStatus");
        return (feed != null && !NOT_FEEDING.contains(feed)) || (upgrade != null && upgrade != 0);
    }

    private static @Nullable String rawState(CrealityReport report) {
        Integer state = report.state();
        Integer device = report.integer("deviceState");
        String text = state == null ? "" : "state " + state;
        return device == null ? text : text + (text.isEmpty() ? "" : ", ") + "device " + device;
    }

    private static @Nullable String message(CrealityReport report, PrinterState state) {
        if (report.error() != 0) {
            return CrealityErrors.message(report.error());
        }
        return switch (state) {
            case ERROR -> "The print failed, and the printer gives no reason";
            case ATTENTION ->
                report.isPowerLossPending()
                        ? "The power failed during a print: decide at the printer whether it goes on"
                        : "Filament ran out";
            default -> null;
        };
    }

    private static Temperatures temperatures(CrealityReport report) {
        Temperature nozzle = Temperature.orNull(report.number("nozzleTemp"), report.number("targetNozzleTemp"));
        Temperature bed = Temperature.orNull(report.number("bedTemp0"), report.number("targetBedTemp0"));
        return new Temperatures(nozzle == null ? List.of() : List.of(nozzle), bed, chamber(report));
    }

    /** Printers without a sensor report 0. */
    private static @Nullable Temperature chamber(CrealityReport report) {
        Double actual = report.number("boxTemp");
        return actual == null || actual == 0
                ? null
                : Temperature.orNull(
                        actual, CrealityModel.hasChamberTarget(report) ? report.number("targetBoxTemp") : null);
    }

    private static @Nullable Job job(CrealityReport report, PrinterState state) {
        return switch (state) {
            case PREPARING -> // the other values may be those of the print before
                new Job(null, report.file(), null, null, null, null, null);
            case PRINTING, PAUSED -> running(report);
            case ATTENTION, BUSY -> report.isUnderWay() ? running(report) : null;
            case FINISHED -> {
                Integer layers = layers(report);
                yield new Job(null, report.file(), 100.0, report.seconds("printJobTime"), 0L, layers, layers);
            }
            case CANCELLED -> ended(report);
            case ERROR -> isOfPrint(report) ? ended(report) : null;
            case IDLE, OFFLINE, UNKNOWN -> null;
        };
    }

    private static boolean isOfPrint(CrealityReport report) {
        return report.isUnderWay() || report.is("state", CrealityReport.FAILED);
    }

    private static Job running(CrealityReport report) {
        Double progress = report.progress();
        Long remaining = report.seconds("printLeftTime");
        boolean isUnknown = remaining != null && remaining == 0 && (progress == null || progress < 99);
        return new Job(
                null,
                report.file(),
                progress,
                report.seconds("printJobTime"),
                isUnknown ? null : remaining,
                layer(report),
                layers(report));
    }

    private static Job ended(CrealityReport report) {
        return new Job(
                null,
                report.file(),
                report.progress(),
                report.seconds("printJobTime"),
                null,
                layer(report),
                layers(report));
    }

    private static @Nullable Integer layer(CrealityReport report) {
        Integer layer = report.integer("layer");
        Integer layers = layers(report);
        return layer == null || layer < 0 || (layers != null && layer > layers) ? null : layer;
    }

    private static @Nullable Integer layers(CrealityReport report) {
        Integer layers = report.integer("TotalLayer");
        return layers == null || layers <= 0 ? null : layers;
    }

    private static @Nullable Boolean light(CrealityReport report) {
        Integer light = report.integer("lightSw");
        return light == null ? null : Boolean.valueOf(light != 0);
    }

    /** What the printer does not report, no command can be seen to change. */
    private static Set<Capability> missing(CrealityReport report) {
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        if (report.integer("lightSw") == null) {
            missing.add(Capability.LIGHT);
        }
        if (report.integer("curFeedratePct") == null) {
            missing.add(Capability.SPEED);
        }
        return missing;
    }
}
