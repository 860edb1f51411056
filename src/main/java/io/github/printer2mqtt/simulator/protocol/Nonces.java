package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.server.SimulatedRequest;

/** Where the nonces of a digest challenge come from. */
interface Nonces {
    /** How much a nonce is worth. */
    enum Worth {
        GOOD,
        /** Once given out and too old, or given to another client. */
        STALE,
        UNKNOWN
    }

    /** The nonce for a new challenge. */
    String issue(SimulatedRequest request);

    Worth check(String nonce, SimulatedRequest request);
}
