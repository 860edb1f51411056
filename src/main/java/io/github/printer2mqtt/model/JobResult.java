package io.github.printer2mqtt.model;

import java.util.Locale;

/** How a print ended. */
public enum JobResult {
    FINISHED,
    CANCELLED,
    FAILED,
    /** It ended, but the result was not seen. */
    UNKNOWN;

    /** The name used in documents. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
