package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.monitor.MonitoringService;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Publishes what printers send, as it came. A message that is too large, that exceeds the rate of its printer or that cannot be sent at
 * once is dropped and counted, so that a printer that floods the bridge does not flood the broker.
 */
public final class RawMessagePublisher implements UnretainedPublisher {
    /** Whole reports of real printers have up to 30 kB. */
    private static final int MAX_BYTES = 128 * 1024;

    /** Real printers send one or two. */
    private static final int PER_SECOND = 10;

    private static final int MAX_IN_FLIGHT = 100;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Context context;
    private final MonitoringService monitoring;
    private final Function<PrinterId, Topic> topic;
    private final ReconnectingMqttConnection connection;
    private final MqttMetrics metrics;
    private final LongSupplier nanos;
    private final Semaphore permits = new Semaphore(MAX_IN_FLIGHT);

    /** Messages of each printer in the current second. Belongs to the context. */
    private final Map<PrinterId, Integer> sent = new HashMap<>();

    private long secondBegan;

    /**
     * @param context of the connection
     * @param topic of a printer's messages
     * @param nanos monotonic time
     */
    public RawMessagePublisher(
            Context context,
            MonitoringService monitoring,
            Function<PrinterId, Topic> topic,
            ReconnectingMqttConnection connection,
            MqttMetrics metrics,
            LongSupplier nanos) {
        this.context = context;
        this.monitoring = monitoring;
        this.topic = topic;
        this.connection = connection;
        this.metrics = metrics;
        this.nanos = nanos;
        this.secondBegan = nanos.getAsLong();
    }

    @Override
    public void start() {
        monitoring.handOnMessages(this::onMessage);
    }

    @Override
    public void stop() {
        monitoring.handOnMessages((printer, message) -> {});
    }

    /** Called on the event loops of the printers. */
    private void onMessage(PrinterId printer, byte[] message) {
        if (message.length > MAX_BYTES || !permits.tryAcquire()) {
            metrics.count(MqttMetrics.Event.RAW_MESSAGE_DROPPED);
            return;
        }
        context.runOnContext(v -> {
            if (isWithinRate(printer)) {
                publish(topic.apply(printer), message);
            } else {
                permits.release();
                metrics.count(MqttMetrics.Event.RAW_MESSAGE_DROPPED);
            }
        });
    }

    private boolean isWithinRate(PrinterId printer) {
        long now = nanos.getAsLong();
        if (now - secondBegan >= SECOND) {
            sent.clear();
            secondBegan = now;
        }
        return sent.merge(printer, 1, Integer::sum) <= PER_SECOND;
    }

    private void publish(Topic at, byte[] message) {
        connection
                .publish(MqttMessage.nonRetained(at.text(), message, at.qos()))
                .onComplete(done -> {
                    permits.release();
                    if (done.failed()) {
                        metrics.count(MqttMetrics.Event.RAW_MESSAGE_DROPPED);
                    }
                });
    }
}
