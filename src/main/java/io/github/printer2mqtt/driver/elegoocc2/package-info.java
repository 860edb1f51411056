/**
 * Elegoo Centauri Carbon 2 in LAN mode: the printer is an MQTT 3.1.1 broker without encryption on port 1883. A client registers, then
 * requests the whole status ({@code 1002}) and gets changes of it ({@code 6000}).
 *
 * <p>Facts: the manufacturer's elegoo-link, the client elegoo-homeassistant with its test server, notes on observed messages, and a
 * recorded registration with the status of an idle printer; a printing one is known from the tests of pycentauri. No printer was at
 * hand; a pause, an end and an error have not been recorded yet. Oddities:
 *
 * <ul>
 *   <li>A client that does not send {@code PING} is dropped after 65 s, whatever it does otherwise.
 *   <li>The end of a print shows for a moment only, as a step or as a word; then the printer is idle without a file. Whether a change has
 *       both at the start of a print differs.
 *   <li>The number of layers is often missing.
 * </ul>
 */
@NullMarked
package io.github.printer2mqtt.driver.elegoocc2;

import org.jspecify.annotations.NullMarked;
