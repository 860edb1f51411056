package io.github.printer2mqtt.poll;

import io.github.printer2mqtt.fleet.FleetBook;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way to the fleet's book, which belongs to one context. Safe for every thread. */
public final class FleetDesk {
    private final Vertx vertx;
    private final Context context;
    private final FleetBook book;

    /** @param context on which alone the book is used */
    public FleetDesk(Vertx vertx, Context context, FleetBook book) {
        this.vertx = vertx;
        this.context = context;
        this.book = book;
    }

    /** Does something with the book on its context; the result arrives on the caller's. */
    public <T extends @Nullable Object> Future<T> ask(Function<FleetBook, T> question) {
        Context caller = vertx.getOrCreateContext();
        Promise<T> answer = Promise.promise();
        context.runOnContext(there -> {
            Future<T> answered = answer(question);
            caller.runOnContext(here -> answered.onComplete(answer));
        });
        return answer.future();
    }

    private <T extends @Nullable Object> Future<T> answer(Function<FleetBook, T> question) {
        try {
            return Future.succeededFuture(question.apply(book));
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }
}
