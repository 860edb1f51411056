package io.github.printer2mqtt.testing;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Vert.x of its own for each test, closed after the test and after its {@code @AfterEach} methods. */
public final class VertxInstance implements AfterEachCallback {
    private final Vertx vertx = Vertx.vertx();

    public Vertx vertx() {
        return vertx;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Await.done(vertx.close());
    }
}
