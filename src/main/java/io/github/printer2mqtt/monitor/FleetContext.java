package io.github.printer2mqtt.monitor;

import io.github.printer2mqtt.fleet.FleetState;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way to the fleet's book, which belongs to one context. Safe for every thread. */
public final class FleetContext {
    private final Vertx vertx;
    private final Context context;
    private final FleetState book;

    /** @param context on which alone the book is used */
    public FleetContext(Vertx vertx, Context context, FleetState book) {
        this.vertx = vertx;
        this.context = context;
        this.book = book;
    }

    /** Does something with the book on its context; the result arrives on the caller's. */
    public <T extends @Nullable Object> Future<T> ask(Function<FleetState, T> question) {
        Context caller = vertx.getOrCreateContext();
        Promise<T> answer = Promise.promise();
        context.runOnContext(there -> {
            Future<T> answered = answer(question);
            caller.runOnContext(here -> answered.onComplete(answer));
        });
        return answer.future();
    }

    private <T extends @Nullable Object> Future<T> answer(Function<FleetState, T> question) {
        try {
            return Future.succeededFuture(question.apply(book));
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }
}
