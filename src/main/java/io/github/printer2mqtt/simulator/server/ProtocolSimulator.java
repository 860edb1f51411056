package io.github.printer2mqtt.simulator.server;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;

/**
 * How a simulated printer speaks: turns requests into the answers that a real server of one protocol gives. Safe for
 * every thread.
 */
public interface ProtocolSimulator {
    /** The machine behind the protocol. */
    SimulatedPrinter printer();

    /** The driver that understands this face, as registrations name it. */
    String driver();

    /** The honest answer to a request. */
    SimulatedResponse answer(SimulatedRequest request);
}
