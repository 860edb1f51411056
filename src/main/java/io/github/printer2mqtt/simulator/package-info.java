/** Simulated printers for the demo, tests and benchmarks: farms and the script that brings them to life. */
@NullMarked
package io.github.printer2mqtt.simulator;

import org.jspecify.annotations.NullMarked;
