package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/** Runs work in the order it comes, so many at once, and lets so many wait. Belongs to one loop. */
final class BoundedTaskQueue {
    private final int atOnce;
    private final int mostWaiting;
    private final String what;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    /** @param what waits, for whoever comes too late: {@code registrations} */
    BoundedTaskQueue(int atOnce, int mostWaiting, String what) {
        this.atOnce = atOnce;
        this.mostWaiting = mostWaiting;
        this.what = what;
    }

    /** Fails with {@link Code#BUSY} at once if too much waits already; the work itself must be bounded in time. */
    <T> Future<T> run(Supplier<Future<T>> work) {
        if (waiting.size() >= mostWaiting) {
            return Future.failedFuture(
                    new RegistrationException(Code.BUSY, null, mostWaiting + " " + what + " wait already; try later"));
        }
        Promise<T> done = Promise.promise();
        waiting.add(() -> begin(work).onComplete(outcome -> {
            running--;
            beginNext();
            done.handle(outcome);
        }));
        beginNext();
        return done.future();
    }

    private void beginNext() {
        while (running < atOnce && !waiting.isEmpty()) {
            running++;
            waiting.remove().run();
        }
    }

    private static <T> Future<T> begin(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }
}
