/** Real peers made small for tests: printers that misbehave, brokers, clocks that are moved by hand. */
@NullMarked
package io.github.printer2mqtt.testing;

import org.jspecify.annotations.NullMarked;
