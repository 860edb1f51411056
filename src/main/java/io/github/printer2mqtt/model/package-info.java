/**
 * Printers, readings, statuses, events, alerts and commands as immutable values. Depends only on {@code text}.
 */
@NullMarked
package io.github.printer2mqtt.model;

import org.jspecify.annotations.NullMarked;
