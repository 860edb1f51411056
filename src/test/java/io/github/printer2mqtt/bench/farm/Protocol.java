package io.github.printer2mqtt.bench.farm;

/** What a simulated printer speaks. */
enum Protocol {
    OCTOPRINT,
    MOONRAKER,
    PRUSALINK;

    /** A third each. */
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
