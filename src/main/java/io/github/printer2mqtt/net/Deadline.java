package io.github.printer2mqtt.net;

import io.github.printer2mqtt.vertx.LoopTimers;
import io.github.printer2mqtt.vertx.Timers;
import java.time.Duration;

/**
 * The wall-clock deadline of an exchange, counted from the start of its connect. If the event loop was blocked meanwhile,
 * the lag is added once, at most the limit again: a response already buffered is not late if our loop was blocked. Belongs
 * to one event loop.
 */
public final class Deadline {
    private final LoopTimers timers;
    private final Duration limit;
    private final Runnable onOver;
    private final long lagAtStart;
    private Timers.Timer timer;
    private boolean watching = true;

    private Deadline(LoopTimers timers, Duration limit, Runnable onOver) {
        this.timers = timers;
        this.limit = limit;
        this.onOver = onOver;
        this.lagAtStart = timers.lagNanos();
        this.timer = timers.after(limit, this::onDue);
    }

    /** Starts now. */
    public static Deadline start(LoopTimers timers, Duration limit, Runnable onOver) {
        Deadline deadline = new Deadline(timers, limit, onOver);
        timers.startLagDetection();
        return deadline;
    }

    private void onDue() {
        long lag = timers.lagNanos() - lagAtStart;
        if (LoopTimers.isSignificantLag(limit, lag)) {
            timer = timers.after(Duration.ofNanos(Math.min(lag, limit.toNanos())), this::end);
        } else {
            end();
        }
    }

    private void end() {
        cancel();
        onOver.run();
    }

    /** May be called more than once. */
    public void cancel() {
        timer.cancel();
        if (watching) {
            watching = false;
            timers.stopLagDetection();
        }
    }
}
