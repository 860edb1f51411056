package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.PrinterState;
import org.jspecify.annotations.Nullable;

/** Klipper's {@code print_stats} and what else tells of the print -> job. Pure. */
final class MoonrakerJob {
    /** Before this much of a print its own speed says nothing about the rest. */
    private static final double ENOUGH_TO_EXTRAPOLATE = 0.05;

    private MoonrakerJob() {}

    /** The print under way as far as it takes to tell it from another; null if there is none. */
    static @Nullable Job running(LenientJson status) {
        String word = status.text("print_stats", "state");
        return word != null && MoonrakerMapper.isReady(status) && isUnderWay(word)
                ? job(status, PrinterState.PRINTING, FileMetadata.none())
                : null;
    }

    /** The print that Klipper speaks of, running or just ended; null if there is none. */
    static @Nullable Job job(LenientJson status, PrinterState state, FileMetadata metadata) {
        String word = status.text("print_stats", "state");
        String file = status.text("print_stats", "filename");
        if (word == null || word.equals("standby") || (file == null && !isUnderWay(word))) {
            return null;
        }
        Double elapsed = status.number("print_stats", "print_duration");
        Long active = elapsed == null ? null : Long.valueOf(elapsed.longValue());
        if (word.equals("complete")) {
            return new Job(null, file, 100.0, active, 0L, layer(status), layers(status, metadata));
        }
        if (word.equals("cancelled")) {
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

    private static boolean isUnderWay(String word) {
        return word.equals("printing") || word.equals("paused");
    }

    /**
     * {@code display_status} is what the file itself says (M73), or a copy of the other where it says nothing; the
     * position in the file counts header and thumbnails as printed, which the metadata corrects.
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

    /** Without an estimate the print's own speed counts; one of 0, or used up, tells nothing of the rest. */
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

    /** A count of 0 is that of a fork which does not count. */
    private static boolean isUncounted(LenientJson status) {
        Integer reported = status.integer("print_stats", "info", "total_layer");
        return reported == null || reported == 0;
    }
}
