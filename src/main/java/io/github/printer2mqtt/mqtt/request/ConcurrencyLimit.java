package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.mqtt.request.RequestException.Code;

/** Limits how many tasks run at once. Belongs to one context. */
final class ConcurrencyLimit {
    private final int limit;
    private final String what;
    private int inUse;

    ConcurrencyLimit(int limit, String what) {
        this.limit = limit;
        this.what = what;
    }

    /** @throws RequestException if the limit is reached */
    void acquire() {
        if (inUse >= limit) {
            throw new RequestException(Code.BUSY, limit + " " + what + " are already running (limit " + limit + ")");
        }
        inUse++;
    }

    void release() {
        inUse--;
    }
}
