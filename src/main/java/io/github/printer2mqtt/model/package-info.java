/**
 * The vocabulary: printers, readings, statuses, events, alerts and commands as immutable values. Knows only
 * {@code text}.
 */
@NullMarked
package io.github.printer2mqtt.model;

import org.jspecify.annotations.NullMarked;
