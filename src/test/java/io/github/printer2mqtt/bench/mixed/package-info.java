/** A farm of printers of all makes that print by a script, and what they really did. */
@NullMarked
package io.github.printer2mqtt.bench.mixed;

import org.jspecify.annotations.NullMarked;
