/** Simulated Duet boards. */
@NullMarked
package io.github.printer2mqtt.simulator.duet;

import org.jspecify.annotations.NullMarked;
