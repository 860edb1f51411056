package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.testing.ManualTimers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** A loop whose time and queue the test controls. */
final class ManualLoop implements Executor {
    final ManualTimers timers = new ManualTimers();
    private final Deque<Runnable> queue = new ArrayDeque<>();

    @Override
    public void execute(Runnable work) {
        queue.add(work);
    }

    void runQueued() {
        while (!queue.isEmpty()) {
            queue.remove().run();
        }
    }

    /** Moves time second by second and runs what is queued meanwhile. */
    void advance(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            timers.advance(Duration.ofSeconds(1));
            runQueued();
        }
    }

    int queued() {
        return queue.size();
    }
}
