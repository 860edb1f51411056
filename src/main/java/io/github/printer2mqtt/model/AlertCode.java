package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.WireConstant;

/** The conditions of alerts. */
public enum AlertCode implements WireConstant {
    /** The printer has been offline for too long. */
    OFFLINE(Alert.Severity.WARNING),
    /** The printer reports an error. */
    ERROR(Alert.Severity.CRITICAL),
    /** The printer waits for a person. */
    ATTENTION(Alert.Severity.WARNING),
    /** The print makes no progress. */
    STALLED(Alert.Severity.WARNING),
    /** A heater is off its target while printing, or above its limit. */
    TEMPERATURE(Alert.Severity.CRITICAL),
    /** An ended print is still on the plate. */
    NOT_CLEARED(Alert.Severity.INFO);

    private final Alert.Severity severity;

    AlertCode(Alert.Severity severity) {
        this.severity = severity;
    }

    /** Of every alert of this code. */
    public Alert.Severity severity() {
        return severity;
    }
}
