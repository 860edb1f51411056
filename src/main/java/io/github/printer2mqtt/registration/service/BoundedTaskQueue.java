package io.github.printer2mqtt.registration.service;

import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/** Runs asynchronous tasks in order, a limited number at once. Confined to one event loop. */
final class BoundedTaskQueue {
    private final int maxRunning;
    private final int maxWaiting;
    private final String taskName;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    /** @param taskName plural, for the message of a full queue: {@code registrations} */
    BoundedTaskQueue(int maxRunning, int maxWaiting, String taskName) {
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
        this.taskName = taskName;
    }

    /** Fails with {@link Code#BUSY} if the queue is full. The task must limit its own duration. */
    <T> Future<T> run(Supplier<Future<T>> task) {
        if (waiting.size() >= maxWaiting) {
            return Future.failedFuture(new RegistrationException(
                    Code.BUSY,
                    null,
                    waiting.size() + " " + taskName + " are already waiting (limit " + maxWaiting
                            + "); try again later"));
        }
        Promise<T> done = Promise.promise();
        // compose() makes a failed future of what the task throws.
        waiting.add(
                () -> Future.succeededFuture().compose(nothing -> task.get()).onComplete(result -> {
                    running--;
                    startNext();
                    done.handle(result);
                }));
        startNext();
        return done.future();
    }

    private void startNext() {
        while (running < maxRunning && !waiting.isEmpty()) {
            running++;
            waiting.remove().run();
        }
    }
}
