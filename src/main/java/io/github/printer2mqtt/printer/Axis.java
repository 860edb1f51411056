package io.github.printer2mqtt.printer;

import java.util.Locale;

/** A direction in which a printer moves. */
public enum Axis {
    X,
    Y,
    Z;

    /** The word used in documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
