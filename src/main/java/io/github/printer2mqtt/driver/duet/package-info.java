/**
 * Duet boards and others with RepRapFirmware 3, in both forms: standalone ({@code rr_*}) and with a single-board computer
 * (SBC), where DuetSoftwareFramework responds ({@code /machine}) and pushes over a web socket. A standalone board is polled:
 * one request per reading, and one more for each part of the object model that has changed.
 *
 * <p>Facts: sources of RepRapFirmware 3.5 and 3.6-dev and of DuetSoftwareFramework 3.6-dev; recordings of answers of 3.3, 3.4
 * and 3.5.0-rc.2, idle only, and of changes of 3.4.5. No board was at hand. Oddities: a session ends after 8 seconds without a request, which is less
 * than the idle interval; the board closes the connection after each response; it has few buffers and responds with an
 * empty 503 when they are in use; a reply to G-code that nobody fetches keeps its buffer; there are no states for a finished
 * or cancelled print and no job ids; a missing sensor reads 2000 or -273.15.
 */
@NullMarked
package io.github.printer2mqtt.driver.duet;

import org.jspecify.annotations.NullMarked;
