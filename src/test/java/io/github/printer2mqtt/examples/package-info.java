/** Holds the files below {@code examples/} against the contract and against the real programs they are for. */
@NullMarked
package io.github.printer2mqtt.examples;

import org.jspecify.annotations.NullMarked;
