package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.mqtt.topic.Topics;
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
    private final Topics topics;
    private final MqttDependencies dependencies;
    private final MqttTimings timings;
    private @Nullable MqttCoordinator coordinator;

    /**
     * @param options of the connection, with {@code bridge/state} offline as its will: see {@link BrokerOptions}
     * @param topics below the base topic of the same configuration
     */
    public MqttVerticle(
            BrokerConnectionOptions options, Topics topics, MqttDependencies dependencies, MqttTimings timings) {
        this.options = options;
        this.topics = topics;
        this.dependencies = dependencies;
        this.timings = timings;
    }

    @Override
    public Future<?> start() {
        MqttCoordinator fresh = new MqttCoordinator(vertx, options, topics, dependencies, timings);
        coordinator = fresh;
        fresh.start();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return coordinator == null ? Future.succeededFuture() : coordinator.stop();
    }
}
