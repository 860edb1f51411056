/**
 * Bounded HTTP exchanges with printers: one deadline for each, which closes the socket, and a limit for each
 * body.
 */
@NullMarked
package io.github.printer2mqtt.net.http;

import org.jspecify.annotations.NullMarked;
