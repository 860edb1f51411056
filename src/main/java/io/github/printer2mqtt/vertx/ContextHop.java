package io.github.printer2mqtt.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Brings the result of work on another loop back to the caller's context. */
public final class ContextHop {
    private ContextHop() {}

    public static <T> Future<T> back(Vertx vertx, Future<T> elsewhere) {
        Context caller = vertx.getOrCreateContext();
        Promise<T> here = Promise.promise();
        elsewhere.onComplete(done -> caller.runOnContext(now -> here.handle(done)));
        return here.future();
    }
}
