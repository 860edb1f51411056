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
 * @param layers how many there will be; null if unknown
 */
public record Job(
        @Nullable String id,
        @Nullable String file,
        @Nullable Double progress,
        @Nullable Long elapsed,
        @Nullable Long remaining,
        @Nullable Integer layer,
        @Nullable Integer layers) {
    /** Seconds that {@code elapsed} may fall within one job before it counts as another one. */
    private static final long ELAPSED_MAY_FALL_SECONDS = 30;

    private static final int MOST_LAYERS = 1_000_000;

    public Job {
        id = TextSanitizer.line(id, 64);
        file = TextSanitizer.line(file, 256);
        progress = NumberSanitizer.percent(progress);
        elapsed = NumberSanitizer.seconds(elapsed);
        remaining = NumberSanitizer.seconds(remaining);
        // No print has 0 layers: whoever says so knows neither number.
        boolean isUncounted = layers != null && layers == 0;
        layer = isUncounted && layer != null && layer == 0 ? null : NumberSanitizer.upTo(MOST_LAYERS, layer);
        layers = isUncounted ? null : NumberSanitizer.upTo(MOST_LAYERS, layers);
    }

    /**
     * Whether a later description is of the same print: neither the printer's job id nor the file is another one, and
     * {@code elapsed} did not fall by more than 30 seconds. Ids alone prove nothing, since printers repeat them.
     */
    public boolean continuesAs(Job later) {
        return isNamedLike(later)
                && (elapsed == null || later.elapsed == null || later.elapsed >= elapsed - ELAPSED_MAY_FALL_SECONDS);
    }

    /** Whether id and file are equal as far as both descriptions have them. */
    public boolean isNamedLike(Job other) {
        boolean sameId = id == null || other.id == null || id.equals(other.id);
        return sameId && (file == null || other.file == null || file.equals(other.file));
    }

    /** This description, with everything of an earlier one of the same print that this one lacks. */
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

    /** This print when all of it is done. */
    public Job asFinished() {
        return new Job(id, file, 100.0, elapsed, 0L, layer, layers);
    }

    /** This description, with the name and id of an earlier one of the same print where this one lacks them. */
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
