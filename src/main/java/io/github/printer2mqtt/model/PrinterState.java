package io.github.printer2mqtt.model;

import io.github.printer2mqtt.text.WireConstant;

/** What a printer is doing; docs/reference/status.md describes each state. */
public enum PrinterState implements WireConstant {
    IDLE,
    PREPARING,
    PRINTING,
    PAUSED,
    FINISHED,
    CANCELLED,
    ERROR,
    ATTENTION,
    BUSY,
    OFFLINE,
    UNKNOWN
}
