package io.github.printer2mqtt.persistence.sql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * What an open database needs now and then: a look whether its files are still there, a checkpoint at quiet times, and a
 * look at its content. Belongs to the store's loop.
 */
final class DatabaseMaintenance {
    private static final long TICK_MILLIS = 10_000;
    private static final int TICKS_PER_CHECKPOINT = 6;
    private static final int TICKS_PER_CONTENT_CHECK = 90;

    private final Vertx vertx;
    private final Database store;
    private long timer = -1;
    private long ticks;
    private boolean running;

    DatabaseMaintenance(Vertx vertx, Database store) {
        this.vertx = vertx;
        this.store = store;
    }

    void start() {
        timer = vertx.setPeriodic(TICK_MILLIS, now -> onTick());
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void onTick() {
        if (!running) {
            running = true;
            ticks++;
            run().onComplete(done -> running = false);
        }
    }

    /** What it finds is in the log and in the store's health. */
    private Future<Void> run() {
        return store.checkFiles()
                .compose(intact -> ticks % TICKS_PER_CHECKPOINT == 0 ? store.checkpoint() : Future.succeededFuture())
                .compose(saved ->
                        ticks % TICKS_PER_CONTENT_CHECK == 0 ? store.checkContent() : Future.succeededFuture());
    }
}
