package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.config.MqttConfig;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/** Publishes something as it comes, without keeping it for clients that subscribe later. */
public interface UnretainedPublisher {
    void start();

    /** Publishes nothing more. Also allowed before a start. */
    void stop();

    /**
     * Those that the configuration asks for.
     *
     * @param context of the connection
     */
    static List<UnretainedPublisher> configured(
            Context context,
            MqttDependencies dependencies,
            ReconnectingMqttConnection connection,
            MqttMetrics metrics) {
        MqttConfig config = dependencies.facts().config().mqtt();
        Topics topics = dependencies.topics();
        List<UnretainedPublisher> wanted = new ArrayList<>();
        if (config.log()) {
            wanted.add(new LogPublisher(context, dependencies.log(), topics.bridgeLog(), connection, metrics));
        }
        if (config.raw()) {
            wanted.add(new RawMessagePublisher(
                    context,
                    dependencies.services().monitoring(),
                    topics::printerRaw,
                    connection,
                    metrics,
                    System::nanoTime));
        }
        return wanted;
    }
}
