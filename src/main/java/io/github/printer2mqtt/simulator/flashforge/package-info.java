/** Simulated FlashForge printers. */
@NullMarked
package io.github.printer2mqtt.simulator.flashforge;

import org.jspecify.annotations.NullMarked;
