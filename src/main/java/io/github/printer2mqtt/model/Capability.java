package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.WireConstant;

/** What a printer can do at all, whether or not its current state allows it. */
public enum Capability implements WireConstant {
    PAUSE,
    RESUME,
    CANCEL,
    NOZZLE_TEMPERATURE,
    BED_TEMPERATURE,
    HOME,
    EMERGENCY_STOP,
    LIGHT,
    SPEED
}
