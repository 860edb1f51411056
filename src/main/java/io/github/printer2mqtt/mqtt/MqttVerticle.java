package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the fleet to a broker and takes commands from it, on one event loop.
 *
 * <p>Deployed once, after the registrations are loaded. It follows the fleet from then on, and starting does not wait for
 * the broker. Stopping takes at most 2 seconds for the offline message and 1.5 for the disconnect.
 */
public final class MqttVerticle extends VerticleBase {
    private final BrokerConnectionOptions options;
    private final MqttDependencies dependencies;
    private final Future<?> brokerStarted;
    private @Nullable MqttCoordinator coordinator;

    /**
     * @param options with {@code bridge/state} offline as the will: see {@link BrokerOptions}
     * @param brokerStarted succeeds when the first attempt to connect makes sense; already completed unless the broker is
     *     part of this process
     */
    public MqttVerticle(BrokerConnectionOptions options, MqttDependencies dependencies, Future<?> brokerStarted) {
        this.options = options;
        this.dependencies = dependencies;
        this.brokerStarted = brokerStarted;
    }

    @Override
    public Future<?> start() {
        MqttCoordinator fresh = new MqttCoordinator(vertx, options, dependencies);
        coordinator = fresh;
        fresh.start(brokerStarted);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return coordinator == null ? Future.succeededFuture() : coordinator.stop();
    }
}
