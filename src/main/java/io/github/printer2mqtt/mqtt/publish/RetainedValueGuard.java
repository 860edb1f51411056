package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.MqttConnectionListener;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.net.mqtt.client.PublishFailure;
import io.github.printer2mqtt.net.mqtt.client.PublishFailure.Kind;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Publishes our retained topics again when another client has overwritten or cleared them, at most once per topic and
 * {@link MqttTimings#restore()}. Topics outside the retained set are ignored.
 *
 * <p>On MQTT 5 only messages of other clients arrive. On 3.1.1 our own come back in order, so the last message of a
 * topic tells whether its value is ours. Belongs to the context of {@code MqttVerticle}.
 */
public final class RetainedValueGuard {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedValueGuard.class);

    /**
     * Where our own messages come back, frequently changing topics are subscribed to only up to this size of the
     * retained set.
     */
    static final int MAX_ECHOED_TOPICS = 1000;

    private final Vertx vertx;
    private final Topics topics;
    private final DiscoveryPlan plan;
    private final RetainedTopics retained;
    private final Runnable pump;
    private final Duration delay;

    /** Topics of the retained set whose last message was not ours. */
    private final Set<String> foreign = new TreeSet<>();

    /** The connection on which our own frequent messages come back; null if they do not. */
    private @Nullable ReconnectingMqttConnection echoing;

    private MqttConnectionListener.@Nullable Session session;
    private @Nullable Long restoredAt;
    private boolean refusalLogged;
    private long timer = -1;

    /** @param pump sends what is queued in the retained set */
    public RetainedValueGuard(
            Vertx vertx, Topics topics, DiscoveryPlan plan, RetainedTopics retained, Runnable pump, Duration delay) {
        this.vertx = vertx;
        this.topics = topics;
        this.plan = plan;
        this.retained = retained;
        this.pump = pump;
        this.delay = delay;
    }

    /** Called before the retained set is sent; subscribes on MQTT 5. */
    public void onSubscribed(ReconnectingMqttConnection connection, MqttConnectionListener.Session connected) {
        session = connected;
        if (connected.limits().retainAvailable() && connected.protocol() == Version.V5) {
            subscribe(connection, topics.seldomChangedFilters());
            subscribe(connection, oftenChangedOrLarge());
        }
    }

    /** Called after the retained set is sent; subscribes on 3.1.1, where the whole set would come back otherwise. */
    public void onReplayed(ReconnectingMqttConnection connection) {
        if (session != null && session.limits().retainAvailable() && session.protocol() != Version.V5) {
            subscribe(connection, topics.seldomChangedFilters());
            if (retained.size() <= MAX_ECHOED_TOPICS) {
                echoing = connection;
                subscribe(connection, oftenChangedOrLarge());
            }
        }
    }

    private List<String> oftenChangedOrLarge() {
        List<String> filters = new ArrayList<>(topics.oftenChangedFilters());
        filters.addAll(plan.changeFilters());
        return filters;
    }

    private void subscribe(ReconnectingMqttConnection connection, List<String> filters) {
        filters.forEach(filter ->
                connection.subscribeToOthersFromNow(filter, 1).onFailure(failure -> onRefused(filter, failure)));
    }

    private void onRefused(String filter, Throwable failure) {
        if (failure instanceof PublishFailure problem && problem.kind() == Kind.REFUSED && !refusalLogged) {
            refusalLogged = true;
            LOG.warn(
                    "the broker refuses our subscription to {} ({}): values that other clients publish on our retained"
                            + " topics stay until they change; allow the bridge to read its own topics",
                    filter,
                    failure.getMessage());
        }
    }

    public void onMessage(MqttMessage message) {
        String topic = message.topic();
        if (!retained.contains(topic)) {
            return;
        }
        if (retained.isNewest(topic, message.payload())) {
            foreign.remove(topic);
        } else if (foreign.add(topic)) {
            restoreLater();
        }
        if (echoing != null && retained.size() > MAX_ECHOED_TOPICS) {
            oftenChangedOrLarge().forEach(echoing::unsubscribe);
            echoing = null;
        }
    }

    private void restoreLater() {
        if (timer == -1) {
            timer = vertx.setTimer(delay.toMillis(), id -> {
                timer = -1;
                restore();
            });
        }
    }

    /**
     * Sends overwritten topics again. A topic with a value in flight is deferred: the received message may be its echo.
     */
    void restore() {
        foreign.removeIf(topic -> !retained.contains(topic));
        List<String> due =
                foreign.stream().filter(topic -> !retained.isInFlight(topic)).toList();
        due.forEach(foreign::remove);
        if (!due.isEmpty()) {
            Set<String> lookup = Set.copyOf(due);
            retained.resend(topic -> lookup.contains(topic.text()));
            pump.run();
            log(due);
        }
        if (!foreign.isEmpty()) {
            restoreLater();
        }
    }

    /** One warning per series: if two programs publish on the same topics, this repeats until one of them ends. */
    private void log(List<String> due) {
        long now = System.nanoTime();
        boolean goesOn = restoredAt != null && now - restoredAt < 3 * delay.toNanos();
        restoredAt = now;
        LOG.atLevel(goesOn ? Level.DEBUG : Level.WARN)
                .log(
                        "another client overwrote {} retained topics of the bridge ({}); published them again",
                        due.size(),
                        due.get(0));
    }

    /** The connection was lost or is being closed; the next connect sends everything again. */
    public void reset() {
        vertx.cancelTimer(timer);
        timer = -1;
        foreign.clear();
        echoing = null;
        session = null;
    }
}
