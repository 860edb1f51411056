package io.github.printer2mqtt.persistence.sqlite;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Periodically checks the files of an open database, checkpoints it and checks its content. Belongs to the event loop of
 * the database.
 */
final class DatabaseMaintenance {
    private static final long TICK_MILLIS = 10_000;
    private static final int TICKS_PER_CHECKPOINT = 6;
    private static final int TICKS_PER_CONTENT_CHECK = 90;

    private final Vertx vertx;
    private final DatabaseWriter database;
    private long timer = -1;
    private long ticks;
    private boolean running;

    DatabaseMaintenance(Vertx vertx, DatabaseWriter database) {
        this.vertx = vertx;
        this.database = database;
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

    private Future<Void> run() {
        return database.checkFiles()
                .compose(intact -> ticks % TICKS_PER_CHECKPOINT == 0 ? database.checkpoint() : Future.succeededFuture())
                .compose(saved ->
                        ticks % TICKS_PER_CONTENT_CHECK == 0 ? database.checkContent() : Future.succeededFuture());
    }
}
