package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.mqtt.RequestProblem.Code;
import io.github.printer2mqtt.mqtt.homeassistant.DiscoveryPlan;
import io.github.printer2mqtt.net.MqttLink;
import io.github.printer2mqtt.net.MqttMessage;
import io.github.printer2mqtt.printer.PrinterId;
import io.github.printer2mqtt.registration.Registered;
import io.github.printer2mqtt.wire.BridgeDocuments;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for three seconds what the broker keeps of printers below our base topic and of their devices, and clears what
 * belongs to no registered one. Only topics that a bridge publishes are touched. Belongs to the context of {@link MqttVerticle}.
 */
final class RetainedCleaning {
    private static final long LOOK_MILLIS = 3000;
    private static final int MOST_TOPICS = 10_000;

    private final Vertx vertx;
    private final Topics topics;
    private final DiscoveryPlan plan;
    private final Supplier<List<Registered>> registrations;
    private final RetainedTopics retained;
    private final Outbox outbox;
    private final MqttLink link;
    private final Map<String, Topic> found = new TreeMap<>();
    private @Nullable Promise<byte[]> looking;
    private long timer = -1;
    private long droppedBefore;

    RetainedCleaning(
            Vertx vertx,
            Topics topics,
            DiscoveryPlan plan,
            Supplier<List<Registered>> registrations,
            RetainedTopics retained,
            Outbox outbox,
            MqttLink link) {
        this.vertx = vertx;
        this.topics = topics;
        this.plan = plan;
        this.registrations = registrations;
        this.retained = retained;
        this.outbox = outbox;
        this.link = link;
    }

    /** Begins; one at a time. */
    Future<byte[]> clean() {
        if (looking != null) {
            return Future.failedFuture(new RequestProblem(Code.BUSY, "a cleaning is under way"));
        }
        Promise<byte[]> promise = Promise.promise();
        looking = promise;
        found.clear();
        droppedBefore = link.droppedMessages();
        timer = vertx.setTimer(LOOK_MILLIS, id -> finish());
        // Also what we published ourselves: that is what a removed printer left behind.
        filters().forEach(filter -> link.subscribe(filter, 1).onFailure(this::fail));
        return promise.future();
    }

    /** Takes a message, which may be one that the broker kept. */
    void onMessage(MqttMessage message) {
        if (looking == null || !message.retained() || found.size() >= MOST_TOPICS) {
            return;
        }
        Topic topic = plan.printerOf(message.topic()) == null
                ? topics.announced(message.topic())
                : DiscoveryPlan.remembered(message.topic());
        if (topic != null) {
            found.put(topic.text(), topic);
        }
    }

    /** The connection is gone, or we stop: gives up. */
    void end() {
        fail(new RequestProblem(Code.DISCONNECTED, "the connection to the broker went away meanwhile"));
    }

    private void fail(Throwable failure) {
        Promise<byte[]> promise = stopLooking();
        if (promise != null) {
            promise.fail(
                    failure instanceof RequestProblem
                            ? failure
                            : new RequestProblem(
                                    Code.DISCONNECTED,
                                    "the broker does not show what it keeps: " + failure.getMessage()));
        }
    }

    private void finish() {
        boolean seenAll = link.droppedMessages() == droppedBefore && found.size() < MOST_TOPICS;
        Promise<byte[]> promise = stopLooking();
        if (promise == null) {
            return;
        }
        Set<PrinterId> registered =
                registrations.get().stream().map(each -> each.printer().id()).collect(Collectors.toSet());
        List<String> cleared = new ArrayList<>();
        found.values().forEach(topic -> {
            PrinterId device = plan.printerOf(topic.text());
            PrinterId printer = device == null ? topics.printerOf(topic.text()) : device;
            if (printer != null && !registered.contains(printer)) {
                retained.clear(topic);
                cleared.add(topic.text());
            }
        });
        found.clear();
        outbox.pump();
        promise.complete(BridgeDocuments.cleaned(cleared, seenAll));
    }

    private List<String> filters() {
        List<String> filters = new ArrayList<>(topics.keptFilters());
        filters.addAll(plan.filters());
        return filters;
    }

    private @Nullable Promise<byte[]> stopLooking() {
        Promise<byte[]> promise = looking;
        looking = null;
        if (promise != null) {
            vertx.cancelTimer(timer);
            filters().forEach(filter -> link.unsubscribe(filter));
        }
        return promise;
    }
}
