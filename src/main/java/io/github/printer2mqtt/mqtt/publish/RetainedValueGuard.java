package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.MqttConnectionListener;
import io.github.printer2mqtt.net.mqtt.MqttMessage;
import io.github.printer2mqtt.net.mqtt.PublishFailure;
import io.github.printer2mqtt.net.mqtt.PublishFailure.Kind;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes our retained topics again after another client has published something else there or has cleared them, each
 * topic once in a {@link MqttTimings#restore()} at most. Topics that are not in the retained set are left alone.
 *
 * <p>On MQTT 5 only messages of others arrive. On 3.1.1 our own come back in their order, so the last message of a topic
 * says whether its value is ours. Belongs to the context of {@code MqttVerticle}.
 */
public final class RetainedValueGuard {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedValueGuard.class);

    /** Where our own messages come back, topics that change often are only subscribed to in a set up to this size. */
    static final int MOST_ECHOED = 1000;

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

    /** @param pump sends what waits in the retained set */
    public RetainedValueGuard(
            Vertx vertx, Topics topics, DiscoveryPlan plan, RetainedTopics retained, Runnable pump, Duration delay) {
        this.vertx = vertx;
        this.topics = topics;
        this.plan = plan;
        this.retained = retained;
        this.pump = pump;
        this.delay = delay;
    }

    /** A connection is up and the retained set is about to be sent: on MQTT 5 the time to subscribe. */
    public void onSubscribed(ReconnectingMqttConnection link, MqttConnectionListener.Session connected) {
        session = connected;
        if (connected.limits().retainAvailable() && connected.protocol() == Version.V5) {
            subscribe(link, topics.seldomChangedFilters());
            subscribe(link, oftenChangedOrLarge());
        }
    }

    /** The broker has the retained set: on 3.1.1 the time to subscribe, since it would all come back before. */
    public void onReplayed(ReconnectingMqttConnection link) {
        if (session != null && session.limits().retainAvailable() && session.protocol() != Version.V5) {
            subscribe(link, topics.seldomChangedFilters());
            if (retained.size() <= MOST_ECHOED) {
                echoing = link;
                subscribe(link, oftenChangedOrLarge());
            }
        }
    }

    private List<String> oftenChangedOrLarge() {
        List<String> filters = new ArrayList<>(topics.oftenChangedFilters());
        filters.addAll(plan.changeFilters());
        return filters;
    }

    private void subscribe(ReconnectingMqttConnection link, List<String> filters) {
        filters.forEach(
                filter -> link.subscribeToOthersFromNow(filter, 1).onFailure(failure -> onRefused(filter, failure)));
    }

    private void onRefused(String filter, Throwable failure) {
        if (failure instanceof PublishFailure problem && problem.kind() == Kind.REFUSED && !refusalLogged) {
            refusalLogged = true;
            LOG.warn(
                    "the broker refuses our subscription to {} ({}): what other clients publish on our retained topics"
                            + " stays until the value changes; let the bridge read its own topics",
                    filter,
                    failure.getMessage());
        }
    }

    /** Takes a message, which may be on a retained topic of ours. */
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
        if (echoing != null && retained.size() > MOST_ECHOED) {
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

    /** Sends again what is overwritten. A value in flight may be newer than the foreign one, or be its echo: it waits. */
    void restore() {
        foreign.removeIf(topic -> !retained.contains(topic));
        List<String> due =
                foreign.stream().filter(topic -> !retained.isInFlight(topic)).toList();
        due.forEach(foreign::remove);
        if (!due.isEmpty()) {
            Set<String> lookup = Set.copyOf(due);
            retained.sendAgain(topic -> lookup.contains(topic.text()));
            pump.run();
            log(due);
        }
        if (!foreign.isEmpty()) {
            restoreLater();
        }
    }

    /** One warning for a series: where two programs publish on the same topics, this goes on until one ends. */
    private void log(List<String> due) {
        long now = System.nanoTime();
        boolean goesOn = restoredAt != null && now - restoredAt < 3 * delay.toNanos();
        restoredAt = now;
        String line = "another client has published on {} retained topics of the bridge ({}): published ours again";
        if (goesOn) {
            LOG.debug(line, due.size(), due.get(0));
        } else {
            LOG.warn(line, due.size(), due.get(0));
        }
    }

    /** The connection is gone, or we stop: the next connect sends everything again. */
    public void end() {
        vertx.cancelTimer(timer);
        timer = -1;
        foreign.clear();
        echoing = null;
        session = null;
    }
}
