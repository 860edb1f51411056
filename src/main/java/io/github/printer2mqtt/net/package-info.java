/**
 * Shared by all connections: the address policy, name resolution, deadlines, untrusted JSON, and errors of listening sockets.
 */
@NullMarked
package io.github.printer2mqtt.net;

import org.jspecify.annotations.NullMarked;
