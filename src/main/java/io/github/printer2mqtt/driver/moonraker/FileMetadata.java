package io.github.printer2mqtt.driver.moonraker;

import io.github.printer2mqtt.driver.LenientJson;
import org.jspecify.annotations.Nullable;

/**
 * What Moonraker extracted from a G-code file; every slicer omits some of it.
 *
 * @param estimatedSeconds the slicer's estimate for the whole print
 * @param startByte position of the first move, after header and thumbnails
 * @param endByte position after the last move
 * @param layers their number
 */
record FileMetadata(
        @Nullable Double estimatedSeconds,
        @Nullable Long startByte,
        @Nullable Long endByte,
        @Nullable Integer layers) {
    static final FileMetadata NONE = new FileMetadata(null, null, null, null);

    /** Far above any print; a division by a tiny layer height yields more. */
    private static final double MAX_LAYERS = 1e6;

    /** From the {@code result} of {@code /server/files/metadata}. */
    static FileMetadata of(LenientJson result) {
        return new FileMetadata(
                result.number("estimated_time"),
                result.whole("gcode_start_byte"),
                result.whole("gcode_end_byte"),
                layers(result));
    }

    private static @Nullable Integer layers(LenientJson result) {
        Integer counted = result.integer("layer_count");
        if (counted != null && counted > 0) {
            return counted;
        }
        Double height = result.number("object_height");
        Double first = result.number("first_layer_height");
        Double each = result.number("layer_height");
        if (height == null || first == null || each == null || first <= 0 || each <= 0 || height < first) {
            return null;
        }
        // Tolerates rounding: 1.8 / 0.2 must not become ten layers.
        double layers = Math.ceil((height - first) / each - 1e-6) + 1;
        return layers > MAX_LAYERS ? null : Integer.valueOf((int) layers);
    }

    /** The share of the moves before a position in the file, 0 to 1; null if the positions are unknown. */
    @Nullable Double fractionAt(@Nullable Long position) {
        if (position == null || startByte == null || endByte == null || endByte <= startByte) {
            return null;
        }
        double fraction = (double) (position - startByte) / (endByte - startByte);
        return Math.max(0, Math.min(1, fraction));
    }
}
