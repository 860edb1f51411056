/** Simulated printers for the demo, tests and benchmarks: the farms, and the script by which the demo prints. */
@NullMarked
package io.github.printer2mqtt.simulator;

import org.jspecify.annotations.NullMarked;
