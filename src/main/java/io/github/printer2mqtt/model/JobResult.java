package io.github.printer2mqtt.model;

import java.util.Locale;

/** How a print ended. */
public enum JobResult {
    FINISHED,
    CANCELLED,
    FAILED,
    /** It is over and nobody saw how. */
    UNKNOWN;

    /** The word used in documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
