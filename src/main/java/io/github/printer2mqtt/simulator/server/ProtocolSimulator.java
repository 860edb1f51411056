package io.github.printer2mqtt.simulator.server;

import org.jspecify.annotations.Nullable;

/**
 * Turns requests over HTTP, or as lines of text, into the responses of a real server of one protocol. Thread-safe.
 */
public non-sealed interface ProtocolSimulator extends PrinterSimulator {
    /** The correct response to a request. */
    SimulatedResponse respond(SimulatedRequest request);

    /**
     * Whether requests are lines of text and not HTTP; each then is a {@link SimulatedRequest} whose target is the line, and its
     * response is {@link SimulatedResponse#raw}.
     */
    default boolean readsLines() {
        return false;
    }

    /** A new client of the web socket at the path of a request; null if there is none. */
    default @Nullable WebSocketSimulator webSocket(SimulatedRequest request) {
        return null;
    }
}
