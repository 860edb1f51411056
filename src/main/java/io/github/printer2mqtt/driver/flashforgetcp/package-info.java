/**
 * Older FlashForge printers by their text protocol on TCP port 8899: Adventurer 3 and 4, Creator 4, Finder, Guider. {@code M119},
 * {@code M105} and {@code M27} for each reading, {@code M115} once; every reply is a few lines. There are no credentials.
 *
 * <p>Facts: the integrations hass-flashforge-adventurer-3 and hass_flashforge, the client flashforge-python-api, notes on the protocol
 * of the Adventurer 3, 4 and 5M, and recordings of an Adventurer 3 (1.3.7), an Adventurer 4 (2.0.9), a Creator 4S (1.0.0) and an Adventurer
 * 5M Pro (3.1.3). No printer was at hand; a pause, an end and an error have not been recorded yet. Oddities:
 *
 * <ul>
 *   <li>Some firmware of the Adventurer 3 ends a reply by silence only and puts {@code echo:} in front of each line.
 *   <li>There is no error and no cancelled print: both look like a printer that is ready.
 *   <li>A paused print may stand in the move mode only.
 *   <li>A second tool is listed on printers that have one nozzle.
 * </ul>
 */
@NullMarked
package io.github.printer2mqtt.driver.flashforgetcp;

import org.jspecify.annotations.NullMarked;
