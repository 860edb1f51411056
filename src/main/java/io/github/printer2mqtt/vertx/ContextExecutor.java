package io.github.printer2mqtt.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs work on one Vert.x context, which owns the state that the work touches. Thread-safe. */
public final class ContextExecutor implements Executor {
    private final Context context;

    public ContextExecutor(Context context) {
        this.context = context;
    }

    /** For the caller's context, or for a new event loop context if the caller has none. */
    public static ContextExecutor ofCurrent(Vertx vertx) {
        return new ContextExecutor(vertx.getOrCreateContext());
    }

    /** Runs work later on this context, in the order of the calls. */
    @Override
    public void execute(Runnable work) {
        context.runOnContext(now -> work.run());
    }

    /**
     * Runs work on this context. The future completes on the caller's context, or on this one if the caller has none; it
     * fails with what the work throws.
     */
    public <T extends @Nullable Object> Future<T> call(Supplier<Future<T>> work) {
        Context caller = Vertx.currentContext();
        Promise<T> promise = Promise.promise();
        context.runOnContext(now -> start(work).onComplete((value, failure) -> {
            if (caller == null || caller == context) {
                promise.complete(value, failure);
            } else {
                caller.runOnContext(back -> promise.complete(value, failure));
            }
        }));
        return promise.future();
    }

    private static <T extends @Nullable Object> Future<T> start(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }
}
