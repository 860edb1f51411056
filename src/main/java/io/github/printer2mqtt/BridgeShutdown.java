package io.github.printer2mqtt;

import io.github.printer2mqtt.mqtt.broker.EmbeddedBroker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a house in order, within 3 seconds: commands refused, printers left alone, the broker told, what is known written
 * down, the store closed. Each step is bounded and a failure does not skip the rest.
 */
final class BridgeShutdown {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeShutdown.class);
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration LONGEST_GOODBYE = Duration.ofMillis(2200);

    /** What is left for a step when those before it took their time. */
    private static final Duration SHORTEST_STEP = Duration.ofMillis(150);

    private final BridgeComponents components;
    private final BridgeStartup started;
    private long beganNanos;

    BridgeShutdown(BridgeComponents components, BridgeStartup started) {
        this.components = components;
        this.started = started;
    }

    /** Blocks its caller, who is on no event loop. */
    void run() {
        beganNanos = System.nanoTime();
        components.commands().stop();
        step("polling", components.polling()::stop);
        step("alerts", () -> undeploy(started.alertDeployment()));
        step("mqtt", () -> undeploy(started.mqttDeployment()));
        EmbeddedBroker broker = started.broker();
        if (broker != null) {
            step("embedded broker", broker::stop);
        }
        step("http", () -> undeploy(started.httpDeployment()));
        step("jobs", components.ledger()::flush);
        step("store", components.store()::close);
        components.network().close();
    }

    private Future<Void> undeploy(@Nullable String deployment) {
        return deployment == null
                ? Future.succeededFuture()
                : components.vertx().undeploy(deployment);
    }

    private void step(String name, Supplier<Future<Void>> work) {
        try {
            BlockingWait.await(work.get(), limit());
        } catch (RuntimeException e) {
            LOG.warn("stopping {}: {}", name, e.toString());
        }
    }

    private Duration limit() {
        Duration left = LONGEST.minusNanos(System.nanoTime() - beganNanos);
        Duration shorter = left.compareTo(LONGEST_GOODBYE) < 0 ? left : LONGEST_GOODBYE;
        return shorter.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : shorter;
    }
}
