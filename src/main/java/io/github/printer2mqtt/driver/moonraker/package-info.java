/**
 * Klipper behind Moonraker (API 1.5 and the forks of manufacturers): a subscription over the web socket, or one {@code POST
 * /printer/objects/query} per reading where there is none; an API key in {@code X-Api-Key} or a trusted address.
 *
 * <p>Facts: sources of Moonraker d5ee17128 and Klipper 84104bbbd, recordings of both with a simulated printer. Oddities:
 * Klippy answers on a tick of 250 ms; after an emergency stop {@code print_stats} says "printing" for ever, so
 * {@code webhooks} takes precedence; commands wait for Klipper's lock, for minutes while it heats; forks omit fields;
 * an emergency stop during moves looks like a pause first; heaters report 0.0 when Klipper has just become ready.
 */
@NullMarked
package io.github.printer2mqtt.driver.moonraker;

import org.jspecify.annotations.NullMarked;
