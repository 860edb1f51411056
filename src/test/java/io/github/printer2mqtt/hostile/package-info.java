/**
 * Printers that misbehave, with the expected status of each: the table for {@code HostileFarmTest}. Each is a real server
 * on loopback.
 */
@NullMarked
package io.github.printer2mqtt.hostile;

import org.jspecify.annotations.NullMarked;
