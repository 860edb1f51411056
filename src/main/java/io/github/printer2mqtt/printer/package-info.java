/**
 * The vocabulary of the house: printers, what a driver found out about them, and the status made of it.
 *
 * <p>Plain records and enums without I/O and without Vert.x; every other room may know this one and it knows none.
 * Values are made sane where they are made: a {@link io.github.printer2mqtt.printer.Job} cannot hold a progress of
 * 250 %, and a {@link io.github.printer2mqtt.printer.Secret} cannot be printed. Start reading at
 * {@link io.github.printer2mqtt.printer.Status}.
 */
@NullMarked
package io.github.printer2mqtt.printer;

import org.jspecify.annotations.NullMarked;
