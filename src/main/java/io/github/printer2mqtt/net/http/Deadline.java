package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.vertx.LoopTimers;
import java.time.Duration;

/**
 * The end of an exchange by the wall clock, which counts from the start of its connect. What the loop itself lost
 * meanwhile is given back once, at most as much again: an answer that lies in the socket of a loop that stood still is not
 * late, and a printer is not off because we are busy. Belongs to one event loop.
 */
public final class Deadline {
    private final LoopTimers timers;
    private final Duration limit;
    private final Runnable onOver;
    private final long lostBefore;
    private LoopTimers.Cancellable timer;
    private boolean watching = true;

    private Deadline(LoopTimers timers, Duration limit, Runnable onOver) {
        this.timers = timers;
        this.limit = limit;
        this.onOver = onOver;
        this.lostBefore = timers.lagNanos();
        this.timer = timers.after(limit, this::onDue);
    }

    /** Starts now. */
    public static Deadline start(LoopTimers timers, Duration limit, Runnable onOver) {
        Deadline deadline = new Deadline(timers, limit, onOver);
        timers.watchForLostTime();
        return deadline;
    }

    private void onDue() {
        long lost = timers.lagNanos() - lostBefore;
        if (LoopTimers.isTooMuch(limit, lost)) {
            timer = timers.after(Duration.ofNanos(Math.min(lost, limit.toNanos())), this::end);
        } else {
            end();
        }
    }

    private void end() {
        cancel();
        onOver.run();
    }

    void cancel() {
        timer.cancel();
        if (watching) {
            watching = false;
            timers.watchNoMore();
        }
    }
}
