package io.github.printer2mqtt.poll;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounds how many polls of one loop are under way: a cold start of a large fleet, or one that is asked all at once, must
 * not have more answers coming than the loop can read within their deadlines. Those that wait come in their order; no
 * deadline runs while they wait. Belongs to one loop.
 */
final class PollGate {
    private final int room;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int inside;
    private boolean calling;

    /** @param room polls under way at most */
    PollGate(int room) {
        this.room = room;
    }

    /** Lets a poll begin, now or later. Whoever is let in calls {@link #leave()} once. */
    void enter(Runnable poll) {
        if (inside < room) {
            inside++;
            poll.run();
        } else {
            waiting.addLast(poll);
        }
    }

    /** A poll is over. */
    void leave() {
        inside--;
        if (calling) {
            return;
        }
        calling = true;
        try {
            while (inside < room && !waiting.isEmpty()) {
                inside++;
                waiting.removeFirst().run();
            }
        } finally {
            calling = false;
        }
    }

    /** Polls under way. */
    int inside() {
        return inside;
    }
}
