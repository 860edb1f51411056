package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import org.jspecify.annotations.Nullable;

/** Klipper's {@code print_stats} and related objects -> job. Stateless. */
final class MoonrakerJob {
    /** The share of a print from which the remaining time can be extrapolated. */
    private static final double ENOUGH_TO_EXTRAPOLATE = 0.05;

    private MoonrakerJob() {}

    /** The running print, with enough data to distinguish it from another; null if there is none. */
    static @Nullable Job running(LenientJson status) {
        String raw = status.text("print_stats", "state");
        return raw != null && MoonrakerMapper.isReady(status) && isRunning(raw)
                ? job(status, PrinterState.PRINTING, FileMetadata.NONE)
                : null;
    }

    /** The running or just ended print; null if there is none. */
    static @Nullable Job job(LenientJson status, PrinterState state, FileMetadata metadata) {
        String raw = status.text("print_stats", "state");
        String file = status.text("print_stats", "filename");
        if (raw == null || raw.equals("standby") || (file == null && !isRunning(raw))) {
            return null;
        }
        Double elapsed = status.number("print_stats", "print_duration");
        Long active = elapsed == null ? null : Long.valueOf(elapsed.longValue());
        if (raw.equals("complete")) {
            return new Job(null, file, 100.0, active, 0L, layer(status), layers(status, metadata));
        }
        if (raw.equals("cancelled")) {
            return new Job(null, file, null, active, null, null, layers(status, metadata));
        }
        Double fraction = fraction(status, metadata);
        return new Job(
                null,
                file,
                fraction == null ? null : Double.valueOf(fraction * 100),
                active,
                state == PrinterState.ERROR ? null : remaining(fraction, elapsed, metadata),
                layer(status),
                layers(status, metadata));
    }

    private static boolean isRunning(String raw) {
        return raw.equals("printing") || raw.equals("paused");
    }

    /**
     * {@code display_status} is the progress in the file (M73), or a copy of the other if the file has none; the position in
     * the file includes header and thumbnails, which the metadata corrects.
     */
    private static @Nullable Double fraction(LenientJson status, FileMetadata metadata) {
        Double card = status.number("virtual_sdcard", "progress");
        Double display = status.number("display_status", "progress");
        if (display != null && display > 0 && (card == null || Math.abs(display - card) > 1e-9)) {
            return display;
        }
        Double ofMoves = metadata.fractionAt(status.whole("virtual_sdcard", "file_position"));
        return ofMoves == null ? card : ofMoves;
    }

    /** Extrapolated if there is no estimate; null if the estimate is 0 or used up. */
    private static @Nullable Long remaining(
            @Nullable Double fraction, @Nullable Double elapsed, FileMetadata metadata) {
        if (elapsed == null || elapsed < 0) {
            return null;
        }
        Double estimated = metadata.estimatedSeconds();
        if (estimated != null) {
            return orNull(estimated - elapsed);
        }
        return elapsed > 0 && fraction != null && fraction > ENOUGH_TO_EXTRAPOLATE && fraction <= 1
                ? orNull(elapsed / fraction - elapsed)
                : null;
    }

    private static @Nullable Long orNull(double seconds) {
        long rounded = Math.round(seconds);
        return rounded > 0 ? Long.valueOf(rounded) : null;
    }

    private static @Nullable Integer layer(LenientJson status) {
        Integer layer = status.integer("print_stats", "info", "current_layer");
        return layer != null && layer == 0 && isUncounted(status) ? null : layer;
    }

    private static @Nullable Integer layers(LenientJson status, FileMetadata metadata) {
        return isUncounted(status) ? metadata.layers() : status.integer("print_stats", "info", "total_layer");
    }

    /** Some forks report a count of 0. */
    private static boolean isUncounted(LenientJson status) {
        Integer reported = status.integer("print_stats", "info", "total_layer");
        return reported == null || reported == 0;
    }
}
