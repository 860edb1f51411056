package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.mqtt.RequestProblem.Code;

/** Bounds how much is under way. Belongs to one context. */
final class Places {
    private final int most;
    private final String ofWhat;
    private int taken;

    Places(int most, String ofWhat) {
        this.most = most;
        this.ofWhat = ofWhat;
    }

    /** @throws RequestProblem if there is no place left */
    void take() {
        if (taken >= most) {
            throw new RequestProblem(Code.BUSY, "found " + most + " " + ofWhat + " under way, which is the most");
        }
        taken++;
    }

    void leave() {
        taken--;
    }
}
