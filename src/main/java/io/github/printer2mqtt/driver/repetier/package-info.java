/**
 * Repetier-Server 1.x: one server with many printers. One web socket, or one reading of the server by HTTP ({@code list} and
 * {@code stateList}), serves all its printers of an event loop; the last part of a printer's address is its slug.
 *
 * <p>Facts: the vendor's text on its API and the code of five clients; the server's source is closed. Recordings of a
 * server of 2017 (printing), of states and of an event; no server was at hand. Oddities: a refused key is a 200 with an error; a printer
 * that is switched off has an almost empty state; a response is an object or a bare array; a print that ended is gone from
 * the next response.
 */
@NullMarked
package io.github.printer2mqtt.driver.repetier;

import org.jspecify.annotations.NullMarked;
