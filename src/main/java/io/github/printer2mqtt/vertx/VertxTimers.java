package io.github.printer2mqtt.vertx;

import java.time.Duration;
import java.time.Instant;

/** The clocks of the system and the timers of one event loop. */
public final class VertxTimers implements Timers {
    private final LoopTimers loop;

    public VertxTimers(LoopTimers loop) {
        this.loop = loop;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return loop.nanos();
    }

    @Override
    public long lagNanos() {
        return loop.lagNanos();
    }

    @Override
    public double loopLoad() {
        return loop.loopLoad();
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
        LoopTimers.Cancellable timer = loop.after(delay, work);
        return timer::cancel;
    }
}
