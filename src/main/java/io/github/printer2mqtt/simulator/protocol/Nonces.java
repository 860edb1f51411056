package io.github.printer2mqtt.simulator.protocol;

import io.github.printer2mqtt.simulator.server.SimulatedRequest;

/** Issues and checks the nonces of digest challenges. */
interface Nonces {
    /** The result of checking a nonce. */
    enum NonceValidity {
        GOOD,
        /** Expired, or issued to another client. */
        STALE,
        UNKNOWN
    }

    /** The nonce for a new challenge. */
    String issue(SimulatedRequest request);

    NonceValidity check(String nonce, SimulatedRequest request);
}
