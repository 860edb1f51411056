package io.github.printer2mqtt.model;

/**
 * A registration as it may be shown.
 *
 * @param printer the registered machine
 * @param hasCredentials whether credentials are stored; which they are is never told
 */
public record Registration(Printer printer, boolean hasCredentials) {}
