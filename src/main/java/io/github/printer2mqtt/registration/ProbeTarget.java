package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.printer.PrinterAddress;

/**
 * Which driver speaks to a printer, and where.
 *
 * @param driver its id
 * @param address where the printer answers
 */
record ProbeTarget(String driver, PrinterAddress address) {}
