package io.github.printer2mqtt.simulator.protocol;

/** How the firmware host behind Moonraker is. */
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
    /** It was there and is gone: 503. */
    GONE("disconnected", ""),
    /** It has not been there since Moonraker started, so Moonraker does not know its endpoints: 404. */
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

    /** What it says of itself, several lines. */
    String message() {
        return message;
    }

    boolean isConnected() {
        return this != GONE && this != NEVER_SEEN;
    }
}
