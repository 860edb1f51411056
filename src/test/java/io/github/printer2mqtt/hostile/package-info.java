/**
 * Printers that misbehave, one line each with what the bridge must make of it: a table for {@code HostileFarmTest}. Every
 * one is a real server on loopback.
 */
@NullMarked
package io.github.printer2mqtt.hostile;

import org.jspecify.annotations.NullMarked;
