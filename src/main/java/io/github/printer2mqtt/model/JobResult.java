package io.github.printer2mqtt.model;

import java.util.Locale;

/** How a print ended. */
public enum JobResult {
    FINISHED,
    CANCELLED,
    FAILED,
    /** It is over and nobody saw how. */
    UNKNOWN;

    /** The name used in documents. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
