package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.mqtt.publish.MqttSources;
import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.BrokerConnectionOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/**
 * Everything between the fleet and the broker, on one event loop: the connection, the retained set, the queue, what is
 * published and when.
 *
 * <p>Deployed once, when the registrations are read. Starting never waits for the broker; stopping takes at most 2
 * seconds for the goodbye and 1.5 for the connection. On each connect commands and requests are
 * subscribed to, then the retained set goes and {@code bridge/state} online last.
 */
public final class MqttVerticle extends VerticleBase {
    private final BrokerConnectionOptions options;
    private final Topics topics;
    private final MqttSources sources;
    private final MqttTimings times;
    private @Nullable MqttCoordinator desk;

    /**
     * @param options of the connection, its will being {@code bridge/state} offline: see {@link BrokerOptions}
     * @param topics below the base topic of the same configuration
     */
    public MqttVerticle(BrokerConnectionOptions options, Topics topics, MqttSources sources, MqttTimings times) {
        this.options = options;
        this.topics = topics;
        this.sources = sources;
        this.times = times;
    }

    @Override
    public Future<?> start() {
        MqttCoordinator fresh = new MqttCoordinator(vertx, options, topics, sources, times);
        desk = fresh;
        fresh.begin();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return desk == null ? Future.succeededFuture() : desk.end();
    }
}
