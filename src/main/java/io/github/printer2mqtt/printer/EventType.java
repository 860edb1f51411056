package io.github.printer2mqtt.printer;

import java.util.Locale;

/** What can happen to a printer; docs/reference/mqtt.md describes each type. */
public enum EventType {
    PRINT_STARTED,
    PRINT_PAUSED,
    PRINT_RESUMED,
    PRINT_FINISHED,
    PRINT_CANCELLED,
    PRINT_FAILED,
    ATTENTION,
    ATTENTION_CLEARED,
    PRINTER_OFFLINE,
    PRINTER_ONLINE;

    /** The word used in documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it tells that a print is over. */
    public boolean isJobEnd() {
        return this == PRINT_FINISHED || this == PRINT_CANCELLED || this == PRINT_FAILED;
    }
}
