package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.NumberSanitizer;
import io.github.printer2mqtt.text.TextSanitizer;
import org.jspecify.annotations.Nullable;

/**
 * A print as the printer describes it.
 *
 * @param id the printer's own job id; null if its protocol has none
 * @param file the name shown to people, at most 256 characters; null if unknown
 * @param progress percent, 0 to 100, rounded to 0.1; null if unknown
 * @param elapsed active time in seconds, without pauses; null if unknown
 * @param remaining seconds to the end; null if unknown
 * @param layer the layer being printed, 0 before the first; null if unknown
 * @param layers number of layers; null if unknown
 */
public record Job(
        @Nullable String id,
        @Nullable String file,
        @Nullable Double progress,
        @Nullable Long elapsed,
        @Nullable Long remaining,
        @Nullable Integer layer,
        @Nullable Integer layers) {
    /** A larger decrease of {@code elapsed} means another job. */
    private static final long MAX_ELAPSED_DECREASE_SECONDS = 30;

    private static final int MAX_LAYERS = 1_000_000;

    public Job {
        id = TextSanitizer.line(id, 64);
        file = TextSanitizer.line(file, 256);
        progress = NumberSanitizer.percent(progress);
        elapsed = NumberSanitizer.seconds(elapsed);
        remaining = NumberSanitizer.seconds(remaining);
        // No print has 0 layers: a printer that reports so knows neither number.
        boolean isUncounted = layers != null && layers == 0;
        layer = isUncounted && layer != null && layer == 0 ? null : NumberSanitizer.upTo(MAX_LAYERS, layer);
        layers = isUncounted ? null : NumberSanitizer.upTo(MAX_LAYERS, layers);
    }

    /**
     * Whether a later description is of the same print: neither job id nor file differs, and {@code elapsed} did
     * not decrease by more than 30 seconds. Ids alone prove nothing, because printers repeat them.
     */
    public boolean continuesAs(Job later) {
        return isNamedLike(later)
                && (elapsed == null
                        || later.elapsed == null
                        || later.elapsed >= elapsed - MAX_ELAPSED_DECREASE_SECONDS);
    }

    /** Whether id and file are equal where both descriptions have them. */
    public boolean isNamedLike(Job other) {
        boolean sameId = id == null || other.id == null || id.equals(other.id);
        return sameId && (file == null || other.file == null || file.equals(other.file));
    }

    /** This description, completed from an earlier one of the same print. */
    public Job completedFrom(Job earlier) {
        return new Job(
                id == null ? earlier.id : id,
                file == null ? earlier.file : file,
                progress == null ? earlier.progress : progress,
                elapsed == null ? earlier.elapsed : elapsed,
                remaining == null ? earlier.remaining : remaining,
                layer == null ? earlier.layer : layer,
                layers == null ? earlier.layers : layers);
    }

    public Job asFinished() {
        return new Job(id, file, 100.0, elapsed, 0L, layer, layers);
    }

    /** This description, with id and file completed from an earlier one of the same print. */
    public Job filledFrom(Job earlier) {
        return new Job(
                id == null ? earlier.id : id,
                file == null ? earlier.file : file,
                progress,
                elapsed,
                remaining,
                layer,
                layers);
    }
}
