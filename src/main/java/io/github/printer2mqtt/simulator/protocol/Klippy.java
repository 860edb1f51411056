package io.github.printer2mqtt.simulator.protocol;

/** The state of the firmware host behind Moonraker. */
public enum Klippy {
    READY("ready", "Printer is ready"),
    STARTUP("startup", """

            Printer is not ready
            The klippy host software is attempting to connect.  Please
            retry in a few moments.
            """),
    SHUTDOWN("shutdown", """
            Lost communication with MCU 'mcu'
            Once the underlying issue is corrected, use the
            "FIRMWARE_RESTART" command to reset the firmware, reload the
            config, and restart the host software.
            Printer is shutdown
            """),
    ERROR("error", """
            Option 'max_accel' in section 'printer' must be specified

            Once the underlying issue is corrected, use the "RESTART"
            command to reload the config and restart the host software.
            Printer is halted
            """),
    /** Was connected before: 503. */
    GONE("disconnected", ""),
    /** Not connected since Moonraker started, so its endpoints are unknown: 404. */
    NEVER_SEEN("disconnected", "");

    private final String word;
    private final String message;

    Klippy(String word, String message) {
        this.word = word;
        this.message = message;
    }

    String wireName() {
        return word;
    }

    /** Its state message, of several lines. */
    String message() {
        return message;
    }

    boolean isConnected() {
        return this != GONE && this != NEVER_SEEN;
    }
}
