package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.WireConstant;

/** How a print ended. */
public enum JobResult implements WireConstant {
    FINISHED,
    CANCELLED,
    FAILED,
    /** It ended, but the result was not seen. */
    UNKNOWN
}
