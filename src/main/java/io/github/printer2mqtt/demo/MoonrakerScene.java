package io.github.printer2mqtt.demo;

/**
 * All that an answer of Moonraker is made of.
 *
 * @param name of the printer, shown as the host name
 * @param klippy how the firmware host is
 * @param message what it says of itself
 * @param view the machine
 */
record MoonrakerScene(String name, Klippy klippy, String message, PrinterView view) {}
