/** A simulated Repetier-Server. */
@NullMarked
package io.github.printer2mqtt.simulator.repetier;

import org.jspecify.annotations.NullMarked;
