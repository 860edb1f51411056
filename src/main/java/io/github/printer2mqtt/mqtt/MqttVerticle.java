package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.net.mqtt.BrokerConnectionOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the fleet to a broker and takes commands from it, on one event loop.
 *
 * <p>Deployed once, after the registrations are loaded. Starting does not wait for the broker; stopping takes at most 2
 * seconds for the offline message and 1.5 for the disconnect.
 */
public final class MqttVerticle extends VerticleBase {
    private final BrokerConnectionOptions options;
    private final MqttDependencies dependencies;
    private @Nullable MqttCoordinator coordinator;

    /** @param options with {@code bridge/state} offline as the will: see {@link BrokerOptions} */
    public MqttVerticle(BrokerConnectionOptions options, MqttDependencies dependencies) {
        this.options = options;
        this.dependencies = dependencies;
    }

    @Override
    public Future<?> start() {
        MqttCoordinator fresh = new MqttCoordinator(vertx, options, dependencies);
        coordinator = fresh;
        fresh.start();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return coordinator == null ? Future.succeededFuture() : coordinator.stop();
    }
}
