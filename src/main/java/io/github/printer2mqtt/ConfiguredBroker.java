package io.github.printer2mqtt;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.mqtt.broker.EmbeddedBroker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The embedded broker of a configuration that names no other one. Safe for every thread. */
final class ConfiguredBroker {
    private final Vertx vertx;
    private final BridgeConfig config;
    private final AtomicReference<@Nullable EmbeddedBroker> broker = new AtomicReference<>();
    private final Promise<Void> started = Promise.promise();

    ConfiguredBroker(Vertx vertx, BridgeConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    private static boolean isEmbedded(BridgeConfig config) {
        return config.mqtt().url() == null;
    }

    /** Throws if the configuration needs the embedded broker and this jar does not have it. */
    static void requireIncluded(BridgeConfig config) {
        if (isEmbedded(config)) {
            EmbeddedBroker.requireIncluded();
        }
    }

    /** The port it listens at; none where the broker is another program. */
    Set<Integer> ports() {
        return isEmbedded(config) ? Set.of(config.broker().port()) : Set.of();
    }

    /** Succeeds when it listens, or when there is nothing to start. */
    Future<Void> started() {
        return started.future();
    }

    Future<Void> start() {
        Future<?> listening = isEmbedded(config)
                ? EmbeddedBroker.start(vertx, config.broker()).onSuccess(broker::set)
                : Future.succeededFuture();
        return listening.<Void>mapEmpty().onSuccess(done -> started.complete());
    }

    Future<Void> stop() {
        EmbeddedBroker running = broker.get();
        return running == null ? Future.succeededFuture() : running.stop();
    }
}
