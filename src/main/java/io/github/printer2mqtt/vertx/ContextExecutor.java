package io.github.printer2mqtt.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * One event loop on which the state of a room lives, and the way onto it and back: work runs there, its result comes back
 * on the caller's context, or on this loop if the caller has none. Safe for every thread.
 */
public final class ContextExecutor {
    private final Context context;

    private ContextExecutor(Context context) {
        this.context = context;
    }

    /** The caller's context, or a new one of an event loop if the caller has none. */
    public static ContextExecutor here(Vertx vertx) {
        return new ContextExecutor(vertx.getOrCreateContext());
    }

    /** Runs work on this loop; what it throws fails the future. */
    public <T> Future<T> call(Supplier<Future<T>> work) {
        Context caller = Vertx.currentContext();
        Promise<T> answer = Promise.promise();
        context.runOnContext(now -> begin(work).onComplete((value, failure) -> {
            if (caller == null || caller == context) {
                answer.complete(value, failure);
            } else {
                caller.runOnContext(back -> answer.complete(value, failure));
            }
        }));
        return answer.future();
    }

    private static <T> Future<T> begin(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }
}
