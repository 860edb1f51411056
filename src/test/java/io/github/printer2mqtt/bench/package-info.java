/**
 * Benchmarks: the story of the README measured, and what the bridge costs. Run by {@code bench/run}; no test.
 *
 * <p>Bridge, printers and broker are processes of their own, so that the cost of one is not the cost of another; the
 * bridge is the shipped jar. Start reading at {@code Benchmarks}: {@code FarmsBenchmark} measures cost and freshness with
 * the farms of the package {@code farm}, {@code ServingBenchmark} lists, {@code SoakBenchmark} looks for leaks.
 */
@NullMarked
package io.github.printer2mqtt.bench;

import org.jspecify.annotations.NullMarked;
