package io.github.printer2mqtt.metrics;

import org.jspecify.annotations.Nullable;

/**
 * How one part of the house is.
 *
 * @param level what it means for the whole
 * @param detail one line for people; null if there is nothing to say
 */
public record Health(Level level, @Nullable String detail) {
    /** What a part's condition means for the whole. */
    public enum Level {
        /** Works. */
        UP,
        /** Does not work, and the rest goes on without it: a broker that is away. */
        DEGRADED,
        /** Not ready yet, or broken: the bridge cannot serve. */
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
