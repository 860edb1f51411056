package io.github.printer2mqtt.model;

import java.util.Locale;

/** What a printer is doing; docs/reference/status.md describes each state. */
public enum PrinterState {
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
    UNKNOWN;

    /** The name used in documents and URLs. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
