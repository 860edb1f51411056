package io.github.printer2mqtt.http;

/**
 * Counts the bytes of requests that are not complete or not answered against one limit for all clients. Belongs to the
 * loop of the verticle.
 */
final class RequestMemory {
    private final long limit;
    private long used;

    /** @param limit in bytes */
    RequestMemory(long limit) {
        this.limit = limit;
    }

    /** The largest body that is accepted while nothing else is held. */
    long largestBody() {
        // A quarter stays for heads, so that uploads alone never cause a connection to be closed.
        return limit / 4 * 3;
    }

    private boolean reserve(long bytes) {
        if (used + bytes > largestBody()) {
            return false;
        }
        used += bytes;
        return true;
    }

    /** Counts bytes that have been received already; negative ones are given back. */
    void add(long bytes) {
        used += bytes;
    }

    boolean isExhausted() {
        return used > limit;
    }

    /** What one body has taken, until its request is answered. */
    final class Reservation {
        private long reserved;
        private boolean released;

        /** Takes more; false if there is too little. */
        boolean grow(long bytes) {
            if (released || !reserve(bytes)) {
                return false;
            }
            reserved += bytes;
            return true;
        }

        /** Gives everything back; a second call does nothing. */
        void release() {
            released = true;
            used -= reserved;
            reserved = 0;
        }
    }
}
