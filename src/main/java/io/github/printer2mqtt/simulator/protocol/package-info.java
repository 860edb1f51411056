/** Speaks the protocols of OctoPrint, Moonraker and PrusaLink as recorded from the real programs. */
@NullMarked
package io.github.printer2mqtt.simulator.protocol;

import org.jspecify.annotations.NullMarked;
