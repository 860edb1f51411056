package io.github.printer2mqtt.mqtt.request;

import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.publish.Outbox;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics;
import io.github.printer2mqtt.mqtt.request.RequestException.Code;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Clears retained topics of printers that are not registered: collects for three seconds what the broker has retained
 * below our base topic and of our devices, clears what has no owner, and repeats until nothing is left. Only topics
 * that a bridge publishes are cleared. Belongs to the context of {@code MqttVerticle}.
 */
public final class RetainedTopicScan {
    private static final long CLEARING_CHECK_MILLIS = 100;
    private static final long MAX_CLEARING_MILLIS = 10_000;
    private static final int MAX_TOPICS = 10_000;

    /** Ends the scan even if another client keeps publishing a topic. */
    private static final int MAX_PASSES = 3;

    private final Vertx vertx;
    private final Topics topics;
    private final DiscoveryPlan plan;
    private final MqttDependencies dependencies;
    private final RetainedTopics retained;
    private final Outbox outbox;
    private final ReconnectingMqttConnection connection;

    /** Topics of unregistered printers found in this pass. */
    private final Map<String, Topic> found = new TreeMap<>();

    private final Set<String> cleared = new TreeSet<>();
    private Set<PrinterId> registered = Set.of();
    private @Nullable Promise<byte[]> pending;
    private boolean scanning;
    private int pass;
    private long timer = -1;
    private long droppedBefore;

    public RetainedTopicScan(
            Vertx vertx,
            DiscoveryPlan plan,
            MqttDependencies dependencies,
            RetainedTopics retained,
            Outbox outbox,
            ReconnectingMqttConnection connection) {
        this.vertx = vertx;
        this.topics = dependencies.topics();
        this.plan = plan;
        this.dependencies = dependencies;
        this.retained = retained;
        this.outbox = outbox;
        this.connection = connection;
    }

    /** Starts; one at a time. The response says complete if the last pass has received everything and found nothing. */
    Future<byte[]> clean() {
        if (pending != null) {
            return Future.failedFuture(new RequestException(Code.BUSY, "a scan is already running"));
        }
        Promise<byte[]> promise = Promise.promise();
        pending = promise;
        cleared.clear();
        pass = 0;
        scan();
        return promise.future();
    }

    public void onMessage(MqttMessage message) {
        if (!scanning || !message.retained() || found.size() >= MAX_TOPICS) {
            return;
        }
        PrinterId device = plan.printerOf(message.topic());
        Topic topic =
                device == null ? topics.parseRetained(message.topic()) : DiscoveryPlan.parseTopic(message.topic());
        PrinterId printer = device == null ? topics.printerOf(message.topic()) : device;
        if (topic != null && printer != null && !registered.contains(printer)) {
            found.put(topic.text(), topic);
        }
    }

    /** The connection was lost or is being closed. */
    public void abort() {
        fail(new RequestException(Code.DISCONNECTED, "the connection to the broker was lost"));
    }

    private void scan() {
        pass++;
        found.clear();
        registered = dependencies.printers();
        droppedBefore = connection.droppedMessages();
        scanning = true;
        timer = vertx.setTimer(dependencies.timings().scan().toMillis(), id -> onScanned());
        // Includes our own messages: those of a removed printer must be found.
        filters().forEach(filter -> connection.subscribe(filter, 1).onFailure(this::fail));
    }

    private void onScanned() {
        boolean seenAll = connection.droppedMessages() == droppedBefore && found.size() < MAX_TOPICS;
        stopScanning();
        if (found.isEmpty() || pass == MAX_PASSES) {
            finish(seenAll && found.isEmpty());
            return;
        }
        found.values().forEach(topic -> {
            retained.clear(topic);
            cleared.add(topic.text());
        });
        outbox.pump();
        awaitCleared(MAX_CLEARING_MILLIS);
    }

    /** Before the broker has processed the empty values, a scan would find the old ones again. */
    private void awaitCleared(long left) {
        timer = vertx.setTimer(CLEARING_CHECK_MILLIS, id -> {
            if (left > 0 && found.keySet().stream().anyMatch(retained::contains)) {
                awaitCleared(left - CLEARING_CHECK_MILLIS);
            } else {
                scan();
            }
        });
    }

    private void finish(boolean complete) {
        Promise<byte[]> promise = pending;
        pending = null;
        found.clear();
        if (promise != null) {
            promise.complete(BridgeDocuments.cleaned(List.copyOf(cleared), complete));
        }
    }

    private void fail(Throwable failure) {
        Promise<byte[]> promise = pending;
        pending = null;
        stopScanning();
        if (promise != null) {
            promise.fail(
                    failure instanceof RequestException
                            ? failure
                            : new RequestException(
                                    Code.DISCONNECTED,
                                    "cannot subscribe to the retained topics: " + failure.getMessage()));
        }
    }

    private void stopScanning() {
        vertx.cancelTimer(timer);
        if (scanning) {
            scanning = false;
            filters().forEach(filter -> connection.unsubscribe(filter));
        }
    }

    private List<String> filters() {
        List<String> filters = new ArrayList<>(topics.retainedPrinterFilters());
        filters.addAll(plan.filters());
        return filters;
    }
}
