package io.github.printer2mqtt.alert;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;

/** The clocks of the system and one context of Vert.x. To be made and asked for timers on that context. */
final class VertxAlertContext implements AlertContext {
    private final Vertx vertx;
    private final Context context;

    VertxAlertContext(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
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
    public void run(Runnable work) {
        context.runOnContext(now -> work.run());
    }

    @Override
    public Repeating every(Duration interval, Runnable work) {
        long id = vertx.setPeriodic(interval.toMillis(), fired -> work.run());
        return () -> vertx.cancelTimer(id);
    }
}
