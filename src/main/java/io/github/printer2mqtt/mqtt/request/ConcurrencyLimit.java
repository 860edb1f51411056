package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.mqtt.request.RequestException.Code;

/** Bounds how much is under way. Belongs to one context. */
final class ConcurrencyLimit {
    private final int most;
    private final String ofWhat;
    private int taken;

    ConcurrencyLimit(int most, String ofWhat) {
        this.most = most;
        this.ofWhat = ofWhat;
    }

    /** @throws RequestException if there is no place left */
    void take() {
        if (taken >= most) {
            throw new RequestException(Code.BUSY, "found " + most + " " + ofWhat + " under way, which is the most");
        }
        taken++;
    }

    void release() {
        taken--;
    }
}
