package io.github.printer2mqtt.simulator.protocol;

/** The state of the firmware host behind Moonraker. */
enum Klippy {
    READY("ready", "Printer is ready"),
    /** After an emergency stop. */
    SHUTDOWN("shutdown", """
            Shutdown due to webhooks request
            Once the underlying issue is corrected, use the
            "FIRMWARE_RESTART" command to reset the firmware, reload the
            config, and restart the host software.
            Printer is shutdown
            """),
    /** Not connected to Moonraker, which responds with 503. */
    GONE("disconnected", "");

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
}
