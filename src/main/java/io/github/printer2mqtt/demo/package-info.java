/**
 * Simulated printers that speak the real protocols over real sockets, for the demo, the tests and the benchmark. Knows
 * the vocabulary only. Start reading at {@code DemoFarm}.
 */
@NullMarked
package io.github.printer2mqtt.demo;

import org.jspecify.annotations.NullMarked;
