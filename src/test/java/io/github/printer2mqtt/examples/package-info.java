/** Checks the files below {@code examples/} against released names and the real programs they are for. */
@NullMarked
package io.github.printer2mqtt.examples;

import org.jspecify.annotations.NullMarked;
