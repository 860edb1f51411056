package io.github.printer2mqtt.testing;

import io.vertx.core.Vertx;

/** A Vert.x of its own for each test. */
public final class VertxInstance implements TestResource {
    private final Vertx vertx = Vertx.vertx();

    public Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        Await.done(vertx.close());
    }
}
