package io.github.printer2mqtt.model;

/**
 * Values that only some protocols report. State, nozzle, bed, file, progress and times are reported by all; what differs
 * between printers of one protocol (a chamber, more nozzles) shows in their statuses.
 */
public enum TelemetryField {
    /** The current layer and the number of layers. */
    LAYERS,
    /** The speed in percent of the normal speed. */
    SPEED,
    /** The part cooling fan in percent. */
    FAN
}
