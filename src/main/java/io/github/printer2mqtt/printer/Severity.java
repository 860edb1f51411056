package io.github.printer2mqtt.printer;

import java.util.Locale;

/** How much an alert matters, the least first. */
public enum Severity {
    /** Good to know; the printer waits and nothing is lost. */
    INFO,
    /** Somebody should look at it. */
    WARNING,
    /** Somebody must look at it now: the print is lost, or the machine may come to harm. */
    CRITICAL;

    /** The word used in documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity with that word; fails on one that there is not. */
    public static Severity of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
