package io.github.printer2mqtt.store;

/** What a power cut may take away. A killed process loses nothing in either case. */
public enum Durability {
    /** Nothing that was acknowledged: for what a user entered. */
    FULL,
    /** The last moments: for what the bridge finds out again. */
    NORMAL
}
