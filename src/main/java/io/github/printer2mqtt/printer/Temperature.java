package io.github.printer2mqtt.printer;

import org.jspecify.annotations.Nullable;

/**
 * One heater, in degrees Celsius rounded to 0.1.
 *
 * @param actual what it has; null if the printer does not say
 * @param target what it shall have, 0 when off; null if the printer does not say or it is a sensor only
 */
public record Temperature(@Nullable Double actual, @Nullable Double target) {
    public Temperature {
        actual = NumberSanitizer.celsius(actual);
        // Nothing is heated to less than 0: a printer that says so means off, or does not know.
        target = target != null && target < 0 ? null : NumberSanitizer.celsius(target);
    }

    /** The heater, or null when the printer says nothing of it at all. */
    public static @Nullable Temperature orNull(@Nullable Double actual, @Nullable Double target) {
        return actual == null && target == null ? null : new Temperature(actual, target);
    }
}
