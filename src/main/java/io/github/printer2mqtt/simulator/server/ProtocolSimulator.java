package io.github.printer2mqtt.simulator.server;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests into the responses of a real server of one protocol. Thread-safe.
 */
public interface ProtocolSimulator {
    /** The printer behind the protocol. */
    SimulatedPrinter printer();

    /** The id of the driver for this protocol. */
    String driver();

    /** The correct response to a request. */
    SimulatedResponse respond(SimulatedRequest request);

    /** A new client of the web socket at the path of a request; null if there is none. */
    default @Nullable WebSocketSimulator webSocket(SimulatedRequest request) {
        return null;
    }
}
