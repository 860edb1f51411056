package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.WireConstant;

/** The conditions of alerts. */
public enum AlertCode implements WireConstant {
    /** The printer has been offline for too long. */
    OFFLINE,
    /** The printer reports an error. */
    ERROR,
    /** The printer waits for a person. */
    ATTENTION,
    /** The print makes no progress. */
    STALLED,
    /** A heater is off its target while printing, or above its limit. */
    TEMPERATURE,
    /** A finished print has not been removed. */
    NOT_CLEARED
}
