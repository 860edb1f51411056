package io.github.printer2mqtt.registration.discovery;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Runs a task for one element after the other, a limited number at once. Confined to one event loop. */
final class BoundedLoop<T> {
    private final Iterator<T> elements;
    private final int width;
    private final BooleanSupplier isOver;
    private final Function<T, Future<?>> task;
    private final Promise<Boolean> done = Promise.promise();
    private int running;
    private boolean isStarting;

    /**
     * @param width how many run at once
     * @param isOver no further task starts once this is true
     * @param task must limit its own duration; its failures do not matter
     */
    BoundedLoop(Iterator<T> elements, int width, BooleanSupplier isOver, Function<T, Future<?>> task) {
        this.elements = elements;
        this.width = width;
        this.isOver = isOver;
        this.task = task;
    }

    /** Completes when all tasks have ended: true if no element was left out. */
    Future<Boolean> run() {
        startNext();
        return done.future();
    }

    private void startNext() {
        if (isStarting) {
            return; // a task ended at once: the loop below goes on
        }
        isStarting = true;
        while (running < width && elements.hasNext() && !isOver.getAsBoolean()) {
            running++;
            task.apply(elements.next()).onComplete(ended -> {
                running--;
                startNext();
            });
        }
        isStarting = false;
        if (running == 0) {
            done.tryComplete(!elements.hasNext());
        }
    }
}
