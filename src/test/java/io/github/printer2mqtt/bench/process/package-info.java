/** Processes of a benchmark: bridges, brokers, farms and load generators, each in a JVM of its own, and what they cost. */
@NullMarked
package io.github.printer2mqtt.bench.process;

import org.jspecify.annotations.NullMarked;
