package io.github.printer2mqtt.registry;

import io.github.printer2mqtt.printer.Printer;

/**
 * A registered printer as it may be shown.
 *
 * @param printer the registered machine
 * @param hasCredentials whether credentials are stored for it
 */
public record StoredPrinter(Printer printer, boolean hasCredentials) {}
