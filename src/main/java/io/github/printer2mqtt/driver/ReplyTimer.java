package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.net.PrinterException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/** Bounds the wait for what a printer sends. Called on an event loop, on which the result completes. */
public final class ReplyTimer {
    private ReplyTimer() {}

    /** The work, or the failure that {@code late} makes if it is not done within the limit; the work itself goes on. */
    public static <T> Future<T> within(Duration limit, Future<T> work, Supplier<PrinterException> late) {
        if (work.isComplete()) {
            return work;
        }
        Context context = Objects.requireNonNull(Vertx.currentContext(), "an event loop");
        Vertx vertx = context.owner();
        Promise<T> result = Promise.promise();
        long timer = vertx.setTimer(Math.max(1, limit.toMillis()), id -> result.tryFail(late.get()));
        work.onComplete((value, failure) -> {
            vertx.cancelTimer(timer);
            if (failure == null) {
                result.tryComplete(value);
            } else {
                result.tryFail(failure);
            }
        });
        return result.future();
    }
}
