/** Web sockets to printers (RFC 6455): the opening handshake, frames, and limits for what a printer sends. */
@NullMarked
package io.github.printer2mqtt.net.websocket;

import org.jspecify.annotations.NullMarked;
