package io.github.printer2mqtt.bench.farm;

/** The protocol of a simulated printer. */
enum Protocol {
    OCTOPRINT,
    MOONRAKER,
    PRUSALINK;

    /** Assigns each protocol to a third of the printers. */
    static Protocol of(int number) {
        return values()[Math.floorMod(number, values().length)];
    }

    String driver() {
        return switch (this) {
            case OCTOPRINT -> "octoprint";
            case MOONRAKER -> "moonraker";
            case PRUSALINK -> "prusalink";
        };
    }
}
