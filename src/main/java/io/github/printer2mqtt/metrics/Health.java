package io.github.printer2mqtt.metrics;

import io.github.printer2mqtt.text.WireConstant;
import org.jspecify.annotations.Nullable;

/**
 * The health of one component.
 *
 * @param detail one line for people; null if there is nothing to add
 */
public record Health(Level level, @Nullable String detail) {
    /** What the health of a component means for the bridge. */
    public enum Level implements WireConstant {
        UP,
        /** Does not work, but the bridge serves without it, for example without the broker. */
        DEGRADED,
        /** Not ready or broken; the bridge cannot serve. */
        DOWN
    }

    public static Health up() {
        return new Health(Level.UP, null);
    }

    public static Health degraded(String detail) {
        return new Health(Level.DEGRADED, detail);
    }

    public static Health down(String detail) {
        return new Health(Level.DOWN, detail);
    }
}
