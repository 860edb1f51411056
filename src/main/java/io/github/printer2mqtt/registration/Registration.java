package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.printer.Printer;

/**
 * A registration as it may be shown.
 *
 * @param printer the registered machine
 * @param hasCredentials whether credentials are stored; which they are is never told
 */
public record Registration(Printer printer, boolean hasCredentials) {}
