package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.publish.Outbox;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics;
import io.github.printer2mqtt.mqtt.request.RequestException.Code;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.MqttMessage;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for three seconds what the broker keeps of printers below our base topic and of their devices, clears what belongs
 * to no registered one, and looks again until nothing is left. Only topics that a bridge publishes are touched. Belongs to
 * the context of {@code MqttVerticle}.
 */
public final class RetainedTopicScan {
    private static final long LOOK_MILLIS = 3000;
    private static final long CLEARING_CHECK_MILLIS = 100;
    private static final long LONGEST_CLEARING_MILLIS = 10_000;
    private static final int MOST_TOPICS = 10_000;

    /** A client that publishes a topic again and again would keep us looking for ever. */
    private static final int MOST_PASSES = 3;

    private final Vertx vertx;
    private final Topics topics;
    private final DiscoveryPlan plan;
    private final Supplier<List<Registration>> registrations;
    private final RetainedTopics retained;
    private final Outbox outbox;
    private final ReconnectingMqttConnection link;

    /** What this pass has found of printers that are not registered. */
    private final Map<String, Topic> found = new TreeMap<>();

    private final Set<String> cleared = new TreeSet<>();
    private Set<PrinterId> registered = Set.of();
    private @Nullable Promise<byte[]> cleaning;
    private boolean isLooking;
    private int pass;
    private long timer = -1;
    private long droppedBefore;

    public RetainedTopicScan(
            Vertx vertx,
            Topics topics,
            DiscoveryPlan plan,
            Supplier<List<Registration>> registrations,
            RetainedTopics retained,
            Outbox outbox,
            ReconnectingMqttConnection link) {
        this.vertx = vertx;
        this.topics = topics;
        this.plan = plan;
        this.registrations = registrations;
        this.retained = retained;
        this.outbox = outbox;
        this.link = link;
    }

    /** Begins; one at a time. The answer says complete when the last look has seen everything and found nothing. */
    Future<byte[]> clean() {
        if (cleaning != null) {
            return Future.failedFuture(new RequestException(Code.BUSY, "a cleaning is under way"));
        }
        Promise<byte[]> promise = Promise.promise();
        cleaning = promise;
        cleared.clear();
        pass = 0;
        look();
        return promise.future();
    }

    /** Takes a message, which may be one that the broker kept. */
    public void onMessage(MqttMessage message) {
        if (!isLooking || !message.retained() || found.size() >= MOST_TOPICS) {
            return;
        }
        PrinterId device = plan.printerOf(message.topic());
        Topic topic = device == null ? topics.announced(message.topic()) : DiscoveryPlan.remembered(message.topic());
        PrinterId printer = device == null ? topics.printerOf(message.topic()) : device;
        if (topic != null && printer != null && !registered.contains(printer)) {
            found.put(topic.text(), topic);
        }
    }

    /** The connection is gone, or we stop: gives up. */
    public void end() {
        fail(new RequestException(Code.DISCONNECTED, "the connection to the broker went away meanwhile"));
    }

    private void look() {
        pass++;
        found.clear();
        registered =
                registrations.get().stream().map(each -> each.printer().id()).collect(Collectors.toUnmodifiableSet());
        droppedBefore = link.droppedMessages();
        isLooking = true;
        timer = vertx.setTimer(LOOK_MILLIS, id -> onLooked());
        // Also what we published ourselves: that is what a removed printer left behind.
        filters().forEach(filter -> link.subscribe(filter, 1).onFailure(this::fail));
    }

    private void onLooked() {
        boolean seenAll = link.droppedMessages() == droppedBefore && found.size() < MOST_TOPICS;
        stopLooking();
        if (found.isEmpty() || pass == MOST_PASSES) {
            finish(seenAll && found.isEmpty());
            return;
        }
        found.values().forEach(topic -> {
            retained.clear(topic);
            cleared.add(topic.text());
        });
        outbox.pump();
        awaitCleared(LONGEST_CLEARING_MILLIS);
    }

    /** A look before the broker has taken the empty values would find the old ones again. */
    private void awaitCleared(long left) {
        timer = vertx.setTimer(CLEARING_CHECK_MILLIS, id -> {
            if (left > 0 && found.keySet().stream().anyMatch(retained::contains)) {
                awaitCleared(left - CLEARING_CHECK_MILLIS);
            } else {
                look();
            }
        });
    }

    private void finish(boolean complete) {
        Promise<byte[]> promise = cleaning;
        cleaning = null;
        found.clear();
        if (promise != null) {
            promise.complete(BridgeDocuments.cleaned(List.copyOf(cleared), complete));
        }
    }

    private void fail(Throwable failure) {
        Promise<byte[]> promise = cleaning;
        cleaning = null;
        stopLooking();
        if (promise != null) {
            promise.fail(
                    failure instanceof RequestException
                            ? failure
                            : new RequestException(
                                    Code.DISCONNECTED,
                                    "the broker does not show what it keeps: " + failure.getMessage()));
        }
    }

    private void stopLooking() {
        vertx.cancelTimer(timer);
        if (isLooking) {
            isLooking = false;
            filters().forEach(filter -> link.unsubscribe(filter));
        }
    }

    private List<String> filters() {
        List<String> filters = new ArrayList<>(topics.keptFilters());
        filters.addAll(plan.filters());
        return filters;
    }
}
