package io.github.printer2mqtt.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how many polls of one loop are under way: a cold start of a large fleet, or one that is asked all at once, must
 * not have more answers coming than the loop can read within their deadlines. Those that wait come in their order; no
 * deadline runs while they wait. Belongs to one loop.
 */
final class PollLimiter {
    private static final Logger LOG = LoggerFactory.getLogger(PollLimiter.class);

    private final int room;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int inside;
    private boolean calling;

    /** @param room polls under way at most */
    PollLimiter(int room) {
        this.room = room;
    }

    /** Lets a poll begin, now or later. Whoever is let in calls {@link #release()} once. */
    void acquire(Runnable poll) {
        if (inside < room) {
            begin(poll);
        } else {
            waiting.addLast(poll);
        }
    }

    /** A poll is over. */
    void release() {
        inside--;
        if (calling) {
            return;
        }
        calling = true;
        try {
            while (inside < room && !waiting.isEmpty()) {
                begin(waiting.removeFirst());
            }
        } finally {
            calling = false;
        }
    }

    /** What fails to begin holds no place and stops nobody else. */
    private void begin(Runnable poll) {
        inside++;
        try {
            poll.run();
        } catch (RuntimeException | Error e) {
            inside--;
            LOG.error("a poll could not begin", e);
        }
    }

    /** Polls under way. */
    int inside() {
        return inside;
    }
}
