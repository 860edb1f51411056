/** Several nodes with the same printers: what they cost, how long a take-over takes, and hours of random kills. */
@NullMarked
package io.github.printer2mqtt.bench.nodes;

import org.jspecify.annotations.NullMarked;
