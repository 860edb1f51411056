package io.github.printer2mqtt.driver.moonraker;

import org.jspecify.annotations.Nullable;

/** Klipper's messages -> one line for people. Pure. */
final class KlipperText {
    /** Klipper ends its messages with how to restart it, which is no news. Source: {@code klippy/klippy.py}. */
    private static final String BOILERPLATE = "Once the underlying issue is corrected";

    private KlipperText() {}

    /** The message without the boilerplate, on one line; null for null. */
    static @Nullable String headline(@Nullable String message) {
        if (message == null) {
            return null;
        }
        int end = message.indexOf(BOILERPLATE);
        String news = end > 0 ? message.substring(0, end) : message;
        return news.strip().replaceAll("\\s+", " ");
    }
}
