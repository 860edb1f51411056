/**
 * OctoPrint 1.x and 2.0: its push socket ({@code /sockjs/websocket}), otherwise {@code GET /api/job}, then {@code GET
 * /api/printer} while a printer is connected; an API key in {@code X-Api-Key}, with which the push socket is logged in.
 *
 * <p>Facts: OctoPrint's sources 1.11.8 and 2.0.0rc3, recordings of 1.11.8 with its virtual printer. Oddities: a wrong key
 * is 403, never 401; without a printer {@code /api/printer} responds with 409, and OctoPrint logs a warning each time; there
 * are no states for finished and cancelled; Moonraker imitates OctoPrint's API, but not its push socket.
 */
@NullMarked
package io.github.printer2mqtt.driver.octoprint;

import org.jspecify.annotations.NullMarked;
