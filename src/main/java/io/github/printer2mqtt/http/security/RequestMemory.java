package io.github.printer2mqtt.http.security;

import java.util.OptionalLong;

/**
 * Counts the bytes of requests that are not complete or not answered against one limit for all clients. Belongs to the
 * loop of the verticle.
 */
public final class RequestMemory {
    /** Commands and changes of one printer are smaller; imports are larger. */
    static final int SMALL_BODY = 16 * 1024;

    private final long limit;
    private long used;

    /** @param limit in bytes */
    public RequestMemory(long limit) {
        this.limit = limit;
    }

    /** The largest body that is accepted while nothing else is held. */
    long maxBody() {
        // A quarter stays for heads, so that uploads alone never cause a connection to be closed.
        return limit / 4 * 3;
    }

    /** Memory for one body: a small one may also use what large ones and heads leave, so that they do not shut it out. */
    Reservation reservation(OptionalLong contentLength) {
        boolean small = contentLength.isPresent() && contentLength.getAsLong() <= SMALL_BODY;
        return new Reservation(small ? limit : maxBody());
    }

    /** Counts bytes that have been received already; negative ones are given back. */
    void add(long bytes) {
        used += bytes;
    }

    /** Whether heads must be given up: they leave an eighth to small bodies. */
    boolean isExhausted() {
        return used > limit / 8 * 7;
    }

    /** What one body has taken, until its request is answered. */
    final class Reservation {
        private final long most;
        private long reserved;
        private boolean released;

        private Reservation(long most) {
            this.most = most;
        }

        /** Takes more; false if there is too little. */
        boolean grow(long bytes) {
            if (released || used + bytes > most) {
                return false;
            }
            used += bytes;
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
