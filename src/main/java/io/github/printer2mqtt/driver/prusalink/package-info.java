/**
 * PrusaLink in its two implementations: the firmware of Prusa's printers since the MINI, and the program for a Raspberry Pi
 * connected to an MK2.5 or MK3. One {@code GET /api/v1/status} per reading, other resources of {@code /api/v1} now and then.
 *
 * <p>Facts: sources of Prusa-Firmware-Buddy 6.3 and Prusa-Link 0.8.1, recordings of both servers. Oddities: the firmware
 * has three request slots and no room for a query string; its digest has no qop, the Pi's is MD5-sess bound to the user
 * agent; the Pi answers in HTTP/1.0; fan speeds are in rpm; there are no layers; a
 * printer that is switched off behind a Pi is an {@code ERROR} with a message; right after a start the numbers are those of
 * the previous print.
 */
@NullMarked
package io.github.printer2mqtt.driver.prusalink;

import org.jspecify.annotations.NullMarked;
