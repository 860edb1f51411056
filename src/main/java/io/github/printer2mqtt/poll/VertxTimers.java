package io.github.printer2mqtt.poll;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;

/** The clocks of the system and timers of Vert.x. */
final class VertxTimers implements Timers {
    private final Vertx vertx;

    VertxTimers(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
        long id = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> work.run());
        return () -> vertx.cancelTimer(id);
    }
}
