/**
 * Conditions that stay open until they clear: offline for long, error, attention, stalled, temperature, not cleared.
 *
 * <p>Rules are pure and evaluate one status; {@link io.github.printer2mqtt.alert.AlertEngine} tracks how long a condition
 * has lasted, by a monotonic clock; {@link io.github.printer2mqtt.alert.AlertVerticle} passes the changes of the fleet to
 * the engine on a loop of its own and notifies listeners. Open alerts are stored, so that a restart opens none twice.
 */
@NullMarked
package io.github.printer2mqtt.alert;

import org.jspecify.annotations.NullMarked;
