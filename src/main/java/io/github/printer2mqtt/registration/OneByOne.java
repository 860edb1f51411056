package io.github.printer2mqtt.registration;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Runs work in the order it comes, one after the other. Belongs to one loop. */
final class OneByOne {
    private static final int MOST_WAITING = 200;

    private static final Future<?> NOTHING = Future.succeededFuture();

    private Future<?> last = NOTHING;
    private int waiting;

    /** Fails at once if 200 wait already; the work itself must be bounded in time. */
    <T> Future<T> run(Supplier<Future<T>> work) {
        if (waiting >= MOST_WAITING) {
            return Future.failedFuture(
                    new IllegalStateException(MOST_WAITING + " registrations wait already; try again later"));
        }
        waiting++;
        Future<T> mine = last.transform((before, failure) -> begin(work));
        last = mine;
        return mine.onComplete((done, failure) -> {
            waiting--;
            if (waiting == 0) {
                last = NOTHING; // the last one may be an import of thousands
            }
        });
    }

    private static <T> Future<T> begin(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
