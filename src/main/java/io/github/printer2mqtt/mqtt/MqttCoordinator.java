package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.mqtt.homeassistant.DiscoveryService;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.publish.MqttMetrics;
import io.github.printer2mqtt.mqtt.publish.MqttMetrics.Event;
import io.github.printer2mqtt.mqtt.publish.Outbox;
import io.github.printer2mqtt.mqtt.publish.Outbox.ReplayOrder;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics;
import io.github.printer2mqtt.mqtt.publish.RetainedValueGuard;
import io.github.printer2mqtt.mqtt.publish.StaleTopicCleaner;
import io.github.printer2mqtt.mqtt.publish.UnretainedPublisher;
import io.github.printer2mqtt.mqtt.request.RequestHandler;
import io.github.printer2mqtt.mqtt.request.RetainedTopicScan;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.MqttConnectionListener;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.net.mqtt.client.PublishFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of steps on each connection to the broker: subscribe, send the retained set, publish {@code bridge/state}
 * online last; and offline before the end. Belongs to the context that creates it.
 */
final class MqttCoordinator implements MqttConnectionListener, Outbox.Port {
    private static final Logger LOG = LoggerFactory.getLogger(MqttCoordinator.class);
    private static final long PUMP_MILLIS = 100;

    /** Publishing starts then even if the broker has not acknowledged the subscriptions. */
    private static final long SUBSCRIBE_MILLIS = 5000;

    private final Vertx vertx;
    private final Context context;
    private final Topics topics;
    private final MqttDependencies dependencies;
    private final RetainedTopics retained;
    private final Outbox outbox;
    private final MqttMetrics metrics;
    private final BrokerHealth health;
    private final DiscoveryService discovery;
    private final FleetPublisher publisher;
    private final PublishAclCheck aclCheck;
    private final RetainedValueGuard guard;
    private final List<UnretainedPublisher> unretained;
    private final RetainedTopicScan scan;
    private final RequestHandler requests;
    private final ReconnectingMqttConnection connection;

    /** Whether an acknowledgement of the connected broker proves that it accepted the message. */
    private boolean acknowledges;

    private final boolean mayHaveSuccessor;
    private boolean stopping;

    /** Counts connects, so that subscriptions of an earlier connection are ignored. */
    private int connects;

    MqttCoordinator(Vertx vertx, BrokerConnectionOptions options, MqttDependencies dependencies) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.topics = dependencies.topics();
        this.dependencies = dependencies;
        this.mayHaveSuccessor = !options.ownership().timeToSuccessor().isZero();
        BridgeConfig config = dependencies.facts().config();
        this.retained = new RetainedTopics(topics, dependencies.retainedTopics(), this::onAcknowledged);
        this.outbox = new Outbox(retained, this);
        this.metrics = new MqttMetrics(dependencies.metricsRegistry());
        this.health = new BrokerHealth(options);
        DiscoveryPlan plan = new DiscoveryPlan(
                topics,
                config.homeAssistant(),
                config.commands(),
                dependencies.facts().version());
        this.discovery = new DiscoveryService(vertx, plan, dependencies, retained, outbox);
        this.connection = new ReconnectingMqttConnection(vertx, options, this);
        this.publisher = new FleetPublisher(
                vertx, dependencies, retained, outbox, discovery, metrics, connection::droppedMessages);
        this.aclCheck = new PublishAclCheck(
                vertx, topics.bridgeState(), dependencies.timings().echo(), health::onNoEcho);
        this.guard = new RetainedValueGuard(
                vertx,
                topics,
                plan,
                retained,
                outbox::pump,
                dependencies.timings().restore());
        this.unretained = UnretainedPublisher.configured(context, dependencies, connection, metrics);
        this.scan = new RetainedTopicScan(vertx, plan, dependencies, retained, outbox, connection);
        this.requests =
                new RequestHandler(context, dependencies, outbox, scan, () -> metrics.count(Event.REQUEST_REFUSED));
    }

    /**
     * Follows the fleet, and connects as soon as the topics of earlier runs are loaded and the broker has started; not at all
     * if it fails to start.
     */
    void start(Future<?> brokerStarted) {
        dependencies.metricsRegistry().addHealthCheck("broker", health::health);
        unretained.forEach(UnretainedPublisher::start);
        publisher.start();
        dependencies
                .retainedTopics()
                .load()
                .recover(failure -> {
                    LOG.error("the retained topics of earlier runs cannot be read", failure);
                    return Future.succeededFuture(Map.of());
                })
                .onSuccess(announcedEarlier ->
                        brokerStarted.onSuccess(started -> context.runOnContext(v -> connect(announcedEarlier))));
    }

    /** Stale topics are cleared once everything that is current is in the retained set. */
    private void connect(Map<String, String> announcedEarlier) {
        if (stopping) {
            return;
        }
        discovery.start(announcedEarlier);
        publisher.load(announcedEarlier);
        discovery.removeUnwanted();
        List<String> outsideDiscovery = announcedEarlier.keySet().stream()
                .filter(topic -> DiscoveryPlan.deviceOf(topic) == null)
                .toList();
        StaleTopicCleaner.clear(topics, retained, outsideDiscovery, dependencies.printers());
        connection.open();
    }

    /**
     * Publishes offline and disconnects. Leaves it to the will if the broker does not acknowledge in time, and if another node
     * may take over before the broker publishes the will.
     */
    Future<Void> stop() {
        stopping = true;
        unretained.forEach(UnretainedPublisher::stop);
        publisher.stop();
        aclCheck.cancel();
        guard.reset();
        scan.abort();
        discovery.stop();
        if (!connection.isConnected()) {
            return connection.close();
        }
        Promise<Boolean> acknowledged = Promise.promise();
        vertx.setTimer(dependencies.timings().offline().toMillis(), id -> acknowledged.tryComplete(false));
        Topic state = topics.bridgeState();
        // Acknowledged after everything that was sent before it.
        byte[] last = mayHaveSuccessor ? BridgeDocuments.online() : BridgeDocuments.offline();
        connection
                .publish(MqttMessage.retained(state.text(), last, state.qos()))
                .onComplete(outcome -> acknowledged.tryComplete(outcome.succeeded()));
        return acknowledged
                .future()
                .compose(known -> known && !mayHaveSuccessor ? connection.close() : connection.closeAbruptly());
    }

    private void onAcknowledged(RetainedTopics.Value value) {
        discovery.onAcknowledged(value);
    }

    @Override
    public void onConnected(MqttConnectionListener.Session session) {
        int subscribedOn = ++connects;
        List<Future<Void>> subscriptions = new ArrayList<>(List.of(
                connection.subscribeToOthers(topics.requestFilter(), 1),
                connection.subscribeToOthers(topics.commandFilter(), 1)));
        subscriptions.addAll(discovery.subscribe(connection));
        acknowledges = session.protocol() == Version.V5 && session.limits().maximumQos() > 0;
        if (!acknowledges) {
            subscriptions.add(aclCheck.subscribe(connection));
        }
        Future.join(subscriptions)
                .timeout(SUBSCRIBE_MILLIS, TimeUnit.MILLISECONDS)
                .onComplete(outcome -> context.runOnContext(v -> {
                    if (subscribedOn == connects && connection.isConnected() && !stopping) {
                        onSubscribed(session, outcome.cause());
                    }
                }));
    }

    private void onSubscribed(MqttConnectionListener.Session session, @Nullable Throwable failure) {
        metrics.onQueued(outbox.queued() + retained.size());
        metrics.onConnected(session);
        health.onConnected(session);
        if (failure != null) {
            String reason = failure.getMessage();
            onRefused(TopicKind.REQUEST, reason == null ? "no response in time" : reason);
        }
        publisher.refresh();
        publisher.refreshBridge();
        guard.onSubscribed(connection, session);
        // Online must not be part of the replay: it follows when the broker has everything else.
        retained.forget(topics.bridgeState());
        outbox.onConnected(
                session.limits().receiveMaximum(),
                discovery.isAnnouncedBefore() ? ReplayOrder.STATES_FIRST : ReplayOrder.DEVICES_FIRST);
    }

    @Override
    public void onReplayed() {
        discovery.onPublished();
        guard.onReplayed(connection);
        byte[] online = BridgeDocuments.online();
        if (!acknowledges) {
            aclCheck.expect(connection, online);
        }
        retained.put(topics.bridgeState(), online);
    }

    @Override
    public void onLost(String reason, Duration nextAttemptIn) {
        aclCheck.cancel();
        outbox.onDisconnected();
        guard.reset();
        scan.abort();
        discovery.onLost();
        health.onLost(reason);
        metrics.onDisconnected();
    }

    @Override
    public void onConnectFailed(ConnectFailure failure, Duration nextAttemptIn) {
        health.onConnectFailed(failure, nextAttemptIn);
        metrics.count(Event.CONNECT_FAILED);
    }

    @Override
    public void onMessage(MqttMessage message) {
        if (stopping) {
            return;
        }
        aclCheck.onMessage(connection, message);
        guard.onMessage(message);
        scan.onMessage(message);
        discovery.onMessage(message);
        requests.onMessage(message);
    }

    /** Offline is the last message of a stopping bridge, so nothing is sent after it. */
    @Override
    public Future<Void> publish(MqttMessage message) {
        return stopping
                ? Future.failedFuture(new PublishFailure(PublishFailure.Kind.NOT_CONNECTED, "the bridge is stopping"))
                : connection.publish(message);
    }

    @Override
    public void schedulePump() {
        if (!stopping) {
            vertx.setTimer(PUMP_MILLIS, id -> outbox.resume());
        }
    }

    @Override
    public void onPublished() {
        metrics.count(Event.PUBLISHED);
        metrics.onQueued(outbox.queued());
    }

    @Override
    public void onRefused(TopicKind kind, String reason) {
        metrics.count(Event.REFUSED);
        health.onRefused(kind, reason);
    }

    @Override
    public void onTooLarge(TopicKind kind, String reason) {
        metrics.count(Event.TOO_LARGE);
        health.onTooLarge(kind, reason);
    }

    @Override
    public void onDropped(TopicKind kind) {
        metrics.count(kind == TopicKind.RESPONSE ? Event.RESPONSE_DROPPED : Event.EVENT_DROPPED);
    }
}
