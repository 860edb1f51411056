/**
 * FlashForge printers by their HTTP interface of LAN mode, port 8898: Adventurer 5M and 5M Pro, AD5X, Creator 5 and 5 Pro. {@code
 * POST /detail} for each reading, {@code /product} once, {@code /control} for commands; every body has the serial number and the
 * check code.
 *
 * <p>Facts: flashforge-api-docs (5M 3.2.7, AD5X 1.2.1, Creator 5 1.9.2), the clients ff-5mp-api-ts and ff-5mp-hass, notes on a Creator 5
 * Pro (1.9.4), recordings of an Adventurer 5M Pro (2.7.2), an AD5X (1.1.3) and a Creator 5 Pro (1.9.9). No printer was at
 * hand; a pause, an end and an error have not been recorded yet. Oddities: the status code is 200 for every refusal, the body has the
 * code; the media type is misspelled; numbers are rubbish while a file is downloaded and unpacked; {@code /control} answers
 * success also for what it does not do; the estimate of the printer is neither total nor remaining time.
 */
@NullMarked
package io.github.printer2mqtt.driver.flashforge;

import org.jspecify.annotations.NullMarked;
