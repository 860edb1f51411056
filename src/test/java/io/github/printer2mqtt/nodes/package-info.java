/**
 * Several bridges with the same printers as processes that tests and benchmarks kill, stop and cut off, and the check of what
 * the printers and an observer at the broker saw meanwhile.
 */
@NullMarked
package io.github.printer2mqtt.nodes;

import org.jspecify.annotations.NullMarked;
