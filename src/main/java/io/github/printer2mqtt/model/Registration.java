package io.github.printer2mqtt.model;

/**
 * A registration as the interfaces show it.
 *
 * @param hasCredentials whether credentials are stored; they are never shown
 */
public record Registration(Printer printer, boolean hasCredentials) {}
