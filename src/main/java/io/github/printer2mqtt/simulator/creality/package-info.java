/** Simulated Creality printers with the web socket of port 9999. */
@NullMarked
package io.github.printer2mqtt.simulator.creality;

import org.jspecify.annotations.NullMarked;
