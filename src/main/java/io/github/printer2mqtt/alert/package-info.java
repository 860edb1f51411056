/**
 * Conditions that stay open until they clear: offline for long, error, attention, stalled, temperature, not cleared.
 *
 * <p>Rules are pure and look at one status; {@link io.github.printer2mqtt.alert.AlertEngine} keeps how long what they see
 * has lasted, by a clock that never jumps; {@link io.github.printer2mqtt.alert.AlertVerticle} brings the fleet to the
 * book on a loop of its own and tells listeners. What is open is written down, so that a restart opens nothing twice.
 */
@NullMarked
package io.github.printer2mqtt.alert;

import org.jspecify.annotations.NullMarked;
