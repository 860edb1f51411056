/**
 * Benchmarks of sequential and concurrent polling and of the bridge's cost. Started by {@code bench/run}; not tests.
 *
 * <p>Bridge (the shipped jar), printers and broker are separate processes, so that their costs are separate. Start reading at {@code Benchmarks}: {@code FarmsBenchmark} measures cost and freshness with
 * the farms of the package {@code farm}, {@code ServingBenchmark} lists, {@code StreamBenchmark} the event stream, {@code SoakBenchmark} looks for leaks.
 */
@NullMarked
package io.github.printer2mqtt.bench;

import org.jspecify.annotations.NullMarked;
