package io.github.printer2mqtt.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the polls of one loop in flight to what the loop can read within their deadlines, for example at a cold start.
 * Waiting polls start in order, and their deadlines do not run yet. Belongs to one loop.
 */
final class PollLimiter {
    private static final Logger LOG = LoggerFactory.getLogger(PollLimiter.class);

    private final int permits;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int inFlight;
    private boolean draining;

    /** @param permits maximum polls in flight */
    PollLimiter(int permits) {
        this.permits = permits;
    }

    /** Starts a poll once a permit is free. Each started poll must call {@link #release()} once. */
    void acquire(Runnable poll) {
        if (inFlight < permits) {
            start(poll);
        } else {
            waiting.addLast(poll);
        }
    }

    void release() {
        inFlight--;
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (inFlight < permits && !waiting.isEmpty()) {
                start(waiting.removeFirst());
            }
        } finally {
            draining = false;
        }
    }

    /** A poll that fails to start returns its permit. */
    private void start(Runnable poll) {
        inFlight++;
        try {
            poll.run();
        } catch (RuntimeException | Error e) {
            inFlight--;
            LOG.error("a poll could not be started", e);
        }
    }

    /** Polls in flight. */
    int inFlight() {
        return inFlight;
    }
}
