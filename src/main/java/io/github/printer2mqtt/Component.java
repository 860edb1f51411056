package io.github.printer2mqtt;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of the bridge that can be started or stopped on its own.
 *
 * @param name for the log
 * @param start called once, after the components before it have started
 * @param stop called once, even if this component never started
 */
record Component(String name, Supplier<Future<Void>> start, Supplier<Future<Void>> stop) {
    static Component of(String name, Runnable start, Runnable stop) {
        return new Component(name, completed(start), completed(stop));
    }

    private static Supplier<Future<Void>> completed(Runnable work) {
        return () -> {
            work.run();
            return Future.succeededFuture();
        };
    }

    static Component withoutStart(String name, Supplier<Future<Void>> stop) {
        return new Component(name, Future::succeededFuture, stop);
    }

    static Component withoutStop(String name, Supplier<Future<Void>> start) {
        return new Component(name, start, Future::succeededFuture);
    }

    static Component verticle(String name, Vertx vertx, Supplier<Future<? extends Deployable>> verticle) {
        AtomicReference<@Nullable String> deployment = new AtomicReference<>();
        return new Component(
                name,
                () -> verticle.get()
                        .compose(vertx::deployVerticle)
                        .onSuccess(deployment::set)
                        .mapEmpty(),
                () -> {
                    String id = deployment.get();
                    return id == null ? Future.succeededFuture() : vertx.undeploy(id);
                });
    }
}
