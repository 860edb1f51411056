/** Simulated Elegoo printers. */
@NullMarked
package io.github.printer2mqtt.simulator.elegoo;

import org.jspecify.annotations.NullMarked;
