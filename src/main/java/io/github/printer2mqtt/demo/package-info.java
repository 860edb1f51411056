/**
 * Simulated printers that speak the real protocols over real sockets, for the demo, the tests and the benchmark. Knows
 * the vocabulary only.
 *
 * <p>A {@code SimulatedPrinter} is the machine, a {@code ProtocolSimulator} its voice, a {@code PrinterServer} its address and
 * manners. Start reading at {@code DemoFarm}; tests begin at {@code PrinterServer}, the benchmark at
 * {@code SimulatedFarm}.
 */
@NullMarked
package io.github.printer2mqtt.demo;

import org.jspecify.annotations.NullMarked;
