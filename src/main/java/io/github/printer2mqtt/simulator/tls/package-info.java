/** Certificates of simulated printers, which the JDK can read but not create. */
@NullMarked
package io.github.printer2mqtt.simulator.tls;

import org.jspecify.annotations.NullMarked;
