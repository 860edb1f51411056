/**
 * Elegoo printers that speak SDCP 3 over a web socket at port 3030: Centauri and Centauri Carbon, Saturn 4 and Mars 5. There is no
 * login. A request is acknowledged, and its data follows as a message of its own; each status is whole and replaces the one
 * before. The printer sends it on request and, while something happens, about once a second.
 *
 * <p>Facts: the description of SDCP 3.0.0 (resin printers), the manufacturer's elegoo-link (codes of the Centauri), the clients
 * elegoo-homeassistant and OctoEverywhere, recordings of a Centauri Carbon (1.1.2x to 1.4.49) and a Saturn 4 Ultra 16K
 * (1.5.6). No printer was at hand; a pause and an error have not been recorded yet. Oddities: a silent client is dropped after about a
 * minute, whatever it answers to pings; about four clients are served, and the next one gets HTTP 500; times are seconds on the
 * Centauri and milliseconds on resin printers; the status after the end has neither file nor progress; an unknown command may reset the
 * printer, so that only those of the description are ever sent.
 */
@NullMarked
package io.github.printer2mqtt.driver.elegoo;

import org.jspecify.annotations.NullMarked;
