/** Serves simulated printers over real sockets, with the delays and faults of real networks. */
@NullMarked
package io.github.printer2mqtt.simulator.server;

import org.jspecify.annotations.NullMarked;
