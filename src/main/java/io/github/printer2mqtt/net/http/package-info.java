/**
 * HTTP exchanges with printers, each bounded by a deadline that closes the socket and by a limit for the body.
 */
@NullMarked
package io.github.printer2mqtt.net.http;

import org.jspecify.annotations.NullMarked;
