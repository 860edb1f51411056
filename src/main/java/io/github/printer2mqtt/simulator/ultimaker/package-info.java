/** Simulated UltiMaker printers. */
@NullMarked
package io.github.printer2mqtt.simulator.ultimaker;

import org.jspecify.annotations.NullMarked;
