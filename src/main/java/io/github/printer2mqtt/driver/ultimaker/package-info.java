/**
 * UltiMaker 3, S-line and Factor 4 by their own REST interface {@code /api/v1}: {@code /printer} and {@code /print_job} for
 * each reading, {@code /system} now and then. Reading needs no credentials; commands need a pair of id and key.
 *
 * <p>Facts: the text of the printers' own API page (April 2025), the network plugin of Cura, recordings of an S-line and an
 * UltiMaker 3 (idle, printing, waiting for clean-up). No printer was at hand. Oddities: no print is a 404 or a 204; an empty
 * result may be that of a finished print; elapsed time includes pauses and may have a fraction; the text of an error is not
 * exposed; each request takes hundreds of milliseconds.
 */
@NullMarked
package io.github.printer2mqtt.driver.ultimaker;

import org.jspecify.annotations.NullMarked;
