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
    FAN,
    /** Every fault that the printer names, with its code. */
    PROBLEMS,
    /** The loaded filaments. */
    FILAMENTS,
    /** Which of several nozzles prints. */
    ACTIVE_NOZZLE,
    /** Whether the light of the chamber is on. */
    LIGHT,
    /** A picture of the file that is printed; not part of the status. */
    THUMBNAIL,
    /** A picture of the camera; not part of the status. */
    SNAPSHOT
}
