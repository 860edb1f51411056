package io.github.printer2mqtt.http.security;

import java.util.OptionalLong;

/**
 * Counts the bytes of unfinished and unanswered requests against one limit for all clients (docs/decisions/015). Belongs to the
 * event loop of the verticle.
 */
public final class RequestMemory {
    /** Commands and changes of one printer are smaller, imports larger. */
    static final int SMALL_BODY = 16 * 1024;

    private final long limit;
    private long used;

    /** @param limit in bytes */
    public RequestMemory(long limit) {
        this.limit = limit;
    }

    /** The largest body that is accepted when no other memory is used. */
    long maxBody() {
        // A quarter is left for heads, so that uploads alone never close a connection.
        return limit / 4 * 3;
    }

    /** Memory for one body. Small bodies may use the whole limit, so that uploads and heads never block commands. */
    Reservation reservation(OptionalLong contentLength) {
        boolean isSmall = contentLength.isPresent() && contentLength.getAsLong() <= SMALL_BODY;
        return new Reservation(isSmall ? limit : maxBody());
    }

    /** Adds bytes that were received; a negative number releases them. */
    void add(long bytes) {
        used += bytes;
    }

    /** Whether unfinished heads must be closed; they leave an eighth for small bodies. */
    boolean isExhausted() {
        return used > limit / 8 * 7;
    }

    /** The memory of one body until its response is sent. */
    final class Reservation {
        private final long max;
        private long reserved;
        private boolean released;

        private Reservation(long max) {
            this.max = max;
        }

        /** Reserves more; false if not enough is left. */
        boolean grow(long bytes) {
            if (released || used + bytes > max) {
                return false;
            }
            used += bytes;
            reserved += bytes;
            return true;
        }

        /** Releases everything; further calls do nothing. */
        void release() {
            released = true;
            used -= reserved;
            reserved = 0;
        }
    }
}
