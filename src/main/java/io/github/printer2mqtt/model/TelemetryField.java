package io.github.printer2mqtt.model;

/**
 * What printers of some protocols tell and those of others never do. State, nozzle, bed, file, progress and times are
 * told by all; what differs between printers of one protocol (a chamber, more nozzles) shows in their statuses.
 */
public enum TelemetryField {
    /** The layer being printed and how many there will be. */
    LAYERS,
    /** The speed in percent of the normal one. */
    SPEED,
    /** The part cooling fan in percent. */
    FAN
}
