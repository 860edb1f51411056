package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** The waits between connection attempts. Belongs to the connection's context. */
final class MqttBackOff {
    private static final double JITTER = 0.2;

    private final BrokerConnectionOptions.Retry retry;
    private final DoubleSupplier random;
    private Duration wait;

    /** @param random numbers from 0 to 1 */
    MqttBackOff(BrokerConnectionOptions.Retry retry, DoubleSupplier random) {
        this.retry = retry;
        this.random = random;
        this.wait = retry.first();
    }

    /** The wait after a failure; each call doubles the next one. */
    Duration next() {
        Duration now = wait;
        Duration twice = wait.multipliedBy(2);
        wait = twice.compareTo(retry.longest()) > 0 ? retry.longest() : twice;
        return shortened(now);
    }

    /** The wait after our credentials were rejected. */
    Duration afterRefusal() {
        return shortened(retry.refused());
    }

    /** The connection was stable: starts again with short waits. */
    void reset() {
        wait = retry.first();
    }

    private Duration shortened(Duration full) {
        return Duration.ofMillis(Math.max(1, Math.round(full.toMillis() * (1 - JITTER * random.getAsDouble()))));
    }
}
