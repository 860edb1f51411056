package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.CommandsConfig;
import io.github.printer2mqtt.config.MqttConfig;
import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.fleet.ChangeQueue;
import io.github.printer2mqtt.fleet.FleetListener;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.homeassistant.DiscoveryService;
import io.github.printer2mqtt.mqtt.homeassistant.message.DiscoveryPlan;
import io.github.printer2mqtt.mqtt.publish.AlertPublisher;
import io.github.printer2mqtt.mqtt.publish.AttributePublisher;
import io.github.printer2mqtt.mqtt.publish.BridgePublisher;
import io.github.printer2mqtt.mqtt.publish.CountsPublisher;
import io.github.printer2mqtt.mqtt.publish.LogPublisher;
import io.github.printer2mqtt.mqtt.publish.MqttMetrics;
import io.github.printer2mqtt.mqtt.publish.MqttSources;
import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.mqtt.publish.OfflineTimes;
import io.github.printer2mqtt.mqtt.publish.Outbox;
import io.github.printer2mqtt.mqtt.publish.RegistrationPublisher;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics.Value;
import io.github.printer2mqtt.mqtt.publish.RetainedValueGuard;
import io.github.printer2mqtt.mqtt.publish.StaleTopics;
import io.github.printer2mqtt.mqtt.request.BridgeRequests;
import io.github.printer2mqtt.mqtt.request.PrinterCommands;
import io.github.printer2mqtt.mqtt.request.Refresher;
import io.github.printer2mqtt.mqtt.request.RequestHandler;
import io.github.printer2mqtt.mqtt.request.RetainedTopicScan;
import io.github.printer2mqtt.mqtt.topic.ResponseTopics;
import io.github.printer2mqtt.mqtt.topic.Topic;
import io.github.printer2mqtt.mqtt.topic.TopicKind;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.mqtt.BrokerConnectionOptions;
import io.github.printer2mqtt.net.mqtt.ConnectFailure;
import io.github.printer2mqtt.net.mqtt.MqttConnectionListener;
import io.github.printer2mqtt.net.mqtt.MqttMessage;
import io.github.printer2mqtt.net.mqtt.PublishFailure;
import io.github.printer2mqtt.net.mqtt.PublishFailure.Kind;
import io.github.printer2mqtt.net.mqtt.ReconnectingMqttConnection;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where fleet, retained set, queue and connection meet. Belongs to the context it is made on; what the fleet tells hops
 * there.
 */
final class MqttCoordinator implements MqttConnectionListener, Outbox.Port, FleetListener {
    private static final Logger LOG = LoggerFactory.getLogger(MqttCoordinator.class);
    private static final int INBOX_EVENTS = 1000;

    /** Between a registration and looking at all of them, so that an import is looked at once. */
    private static final long REGISTRATION_MILLIS = 100;

    private static final long PUMP_MILLIS = 100;
    private static final long COUNT_MILLIS = 1000;

    /** A broker that does not acknowledge subscriptions gets what we publish all the same. */
    private static final long SUBSCRIBE_MILLIS = 5000;

    private final Vertx vertx;
    private final Context context;
    private final Topics topics;
    private final MqttSources sources;
    private final MqttTimings times;
    private final ChangeQueue inbox;
    private final RetainedTopics retained;
    private final Outbox outbox;
    private final MqttMetrics meters;
    private final BrokerHealth watch;
    private final DiscoveryService homeAssistant;
    private final StaleTopics leftovers;
    private final OfflineTimes offline;
    private final StatusPublisher statuses;
    private final RegistrationPublisher registrations;
    private final AlertPublisher alerts;
    private final CountsPublisher counts;
    private final BridgePublisher bridge;
    private final PublishAclCheck echo;
    private final RetainedValueGuard guard;
    private final @Nullable LogPublisher log;
    private final RetainedTopicScan cleaning;
    private final RequestHandler requests;
    private final ReconnectingMqttConnection link;
    private final AtomicBoolean registrationsDirty = new AtomicBoolean();
    private final AtomicBoolean alertsDirty = new AtomicBoolean();

    /** Whether an acknowledgement of the connected broker says that it took a message. */
    private boolean acknowledges;

    private long healthTimer = -1;
    private long countTimer = -1;
    private boolean opened;
    private boolean stopping;

    /** Raised at each connect, so that what comes of the subscriptions of an older connection is not mixed in. */
    private int connection;

    MqttCoordinator(
            Vertx vertx, BrokerConnectionOptions options, Topics topics, MqttSources sources, MqttTimings times) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.topics = topics;
        this.sources = sources;
        this.times = times;
        this.inbox = new ChangeQueue(() -> context.runOnContext(v -> drain()), INBOX_EVENTS);
        this.retained = new RetainedTopics(topics, sources.announced(), this::onAcknowledged);
        this.outbox = new Outbox(retained, this);
        this.meters = new MqttMetrics(sources.metricsRegistry());
        this.watch = new BrokerHealth(options);
        DiscoveryPlan plan = plan();
        this.homeAssistant = new DiscoveryService(vertx, plan, sources, times, retained, outbox);
        this.leftovers = new StaleTopics(topics, sources.registrations(), retained);
        MqttConfig config = sources.facts().config().mqtt();
        this.offline = new OfflineTimes(sources.announced(), sources.clock());
        this.statuses = new StatusPublisher(
                sources.fleet(),
                inbox,
                topics,
                retained,
                outbox,
                homeAssistant,
                config.attributes() ? new AttributePublisher(topics, retained) : null,
                offline);
        this.registrations =
                new RegistrationPublisher(sources.registrations(), topics, retained, outbox, sources.clock());
        this.alerts = new AlertPublisher(sources.alerts()::open, topics, retained);
        this.counts = new CountsPublisher(sources.fleet(), topics, retained);
        this.bridge = new BridgePublisher(sources, topics, retained);
        this.echo = new PublishAclCheck(vertx, topics.bridgeState(), times.echo(), watch::onNoEcho);
        this.guard = new RetainedValueGuard(vertx, topics, plan, retained, outbox::pump, times.restore());
        this.link = new ReconnectingMqttConnection(vertx, options, this);
        this.log = config.log() ? new LogPublisher(context, sources.log(), topics.bridgeLog(), link, meters) : null;
        this.cleaning = new RetainedTopicScan(vertx, topics, plan, sources.registrations(), retained, outbox, link);
        this.requests = requests();
    }

    private DiscoveryPlan plan() {
        BridgeConfig config = sources.facts().config();
        return new DiscoveryPlan(
                topics,
                config.homeAssistant(),
                config.commands(),
                sources.facts().version());
    }

    private RequestHandler requests() {
        MqttSources.MqttServices doors = sources.doors();
        CommandsConfig allowed = sources.facts().config().commands();
        Refresher refresher = new Refresher(sources.fleet(), doors.polling(), topics, retained, outbox);
        return new RequestHandler(
                context,
                topics,
                new PrinterCommands(doors.commands(), sources.registrations(), refresher, allowed.mqtt()),
                new BridgeRequests(
                        doors.registrations(),
                        sources.alerts(),
                        refresher,
                        cleaning,
                        sources.metricsRegistry(),
                        allowed.mqttRequests()),
                outbox,
                new ResponseTopics(topics, sources.facts().config().mqtt().responseTopics()),
                meters::onRequestRefused,
                System::nanoTime);
    }

    /** Begins to follow the fleet and to connect. */
    void begin() {
        sources.metricsRegistry().watch("broker", watch::health);
        if (log != null) {
            log.begin();
        }
        registrations.begin();
        sources.fleet().follow(inbox);
        sources.fleet().follow(this);
        sources.alerts().follow(change -> lookAtAlerts());
        healthTimer = vertx.setPeriodic(times.health().toMillis(), id -> tellHealth());
        countTimer = vertx.setPeriodic(COUNT_MILLIS, id -> count());
        sources.announced()
                .load()
                .onComplete(loaded -> context.runOnContext(v -> {
                    if (loaded.failed()) {
                        LOG.error("what brokers were told earlier cannot be read", loaded.cause());
                    }
                    open(loaded.succeeded() ? loaded.result() : Map.of());
                }));
    }

    /** Connects, when it is known what brokers were told earlier: what is gone is cleared before the rest is told. */
    private void open(Map<String, String> toldEarlier) {
        if (stopping) {
            return;
        }
        homeAssistant.begin(toldEarlier);
        offline.begin(toldEarlier);
        opened = true;
        refresh();
        homeAssistant.clearGone();
        leftovers.clear(toldEarlier.keySet().stream()
                .filter(text -> DiscoveryPlan.deviceOf(text) == null)
                .toList());
        link.open();
    }

    /** Says goodbye and ends: acknowledged, or by the will if the broker does not answer in time. */
    Future<Void> end() {
        stopping = true;
        if (log != null) {
            log.end();
        }
        vertx.cancelTimer(healthTimer);
        vertx.cancelTimer(countTimer);
        echo.end();
        guard.end();
        cleaning.end();
        homeAssistant.end();
        if (!link.isConnected()) {
            return link.close();
        }
        Promise<Boolean> acknowledged = Promise.promise();
        vertx.setTimer(times.goodbye().toMillis(), id -> acknowledged.tryComplete(false));
        Topic state = topics.bridgeState();
        link.publish(MqttMessage.retained(state.text(), BridgeDocuments.offline(), state.qos()))
                .onComplete(outcome -> acknowledged.tryComplete(outcome.succeeded()));
        return acknowledged.future().compose(heard -> heard ? link.close() : link.closeAbruptly());
    }

    /** Before it is known what brokers were told earlier, the inbox keeps what comes. */
    private void drain() {
        if (!opened) {
            return;
        }
        statuses.drain();
        outbox.pump();
        meters.onQueued(outbox.queued());
    }

    /** Brings everything that is published as it is now into the retained set. */
    private void refresh() {
        statuses.refresh();
        alerts.refresh();
        counts.refresh();
    }

    private void count() {
        counts.refresh();
        outbox.pump();
    }

    /** Called on the loop of the alerts. */
    private void lookAtAlerts() {
        if (alertsDirty.compareAndSet(false, true)) {
            context.runOnContext(v -> {
                alertsDirty.set(false);
                alerts.refresh();
                outbox.pump();
            });
        }
    }

    private void tellHealth() {
        registrations.compare();
        bridge.info();
        health();
        outbox.pump();
    }

    private void health() {
        meters.onQueued(outbox.queued());
        bridge.health(meters.figures(inbox.droppedEvents(), link.droppedMessages()));
    }

    private void onAcknowledged(Value value) {
        homeAssistant.onAcknowledged(value);
    }

    @Override
    public void onRegistered(Printer printer) {
        lookAtRegistrations();
    }

    @Override
    public void onRemoved(PrinterId printer) {
        lookAtRegistrations();
    }

    private void lookAtRegistrations() {
        if (registrationsDirty.compareAndSet(false, true)) {
            context.runOnContext(v -> vertx.setTimer(REGISTRATION_MILLIS, id -> {
                registrationsDirty.set(false);
                registrations.compare();
                homeAssistant.compare();
                outbox.pump();
            }));
        }
    }

    @Override
    public void onConnected(MqttConnectionListener.Session session) {
        int subscribedOn = ++connection;
        List<Future<Void>> subscriptions = new ArrayList<>(List.of(
                link.subscribeToOthers(topics.requestFilter(), 1), link.subscribeToOthers(topics.commandFilter(), 1)));
        subscriptions.addAll(homeAssistant.subscribe(link));
        acknowledges = session.protocol() == Version.V5 && session.limits().maximumQos() > 0;
        if (!acknowledges) {
            subscriptions.add(echo.subscribe(link));
        }
        // Whatever comes of them, the broker is told everything, as long as this connection lasts.
        Future.join(subscriptions)
                .timeout(SUBSCRIBE_MILLIS, TimeUnit.MILLISECONDS)
                .onComplete(outcome -> context.runOnContext(v -> {
                    if (subscribedOn == connection && link.isConnected() && !stopping) {
                        onSubscribed(session, outcome.cause());
                    }
                }));
    }

    private void onSubscribed(MqttConnectionListener.Session session, @Nullable Throwable failure) {
        meters.onQueued(outbox.queued() + retained.size());
        meters.onConnected(session);
        watch.onConnected(session);
        if (failure != null) {
            String reason = failure.getMessage();
            onRefused(TopicKind.REQUEST, reason == null ? "no answer in time" : reason);
        }
        refresh();
        bridge.info();
        health();
        guard.onSubscribed(link, session);
        // Not a part of the replay: it follows when the broker has everything else.
        retained.forget(topics.bridgeState());
        outbox.onConnected(session.limits().receiveMaximum());
    }

    @Override
    public void onReplayed() {
        homeAssistant.onPublished();
        guard.onReplayed(link);
        byte[] online = BridgeDocuments.online();
        if (!acknowledges) {
            echo.expect(link, online);
        }
        retained.put(topics.bridgeState(), online);
    }

    @Override
    public void onLost(String reason, Duration nextAttemptIn) {
        echo.end();
        outbox.onDisconnected();
        guard.end();
        cleaning.end();
        homeAssistant.onLost();
        watch.onLost(reason);
        meters.onDisconnected();
    }

    @Override
    public void onConnectFailed(ConnectFailure problem, Duration nextAttemptIn) {
        watch.onConnectFailed(problem, nextAttemptIn);
        meters.onConnectFailed();
    }

    @Override
    public void onMessage(MqttMessage message) {
        if (stopping) {
            return;
        }
        echo.onMessage(link, message);
        guard.onMessage(message);
        cleaning.onMessage(message);
        homeAssistant.onMessage(message);
        requests.onMessage(message);
    }

    @Override
    public Future<Void> publish(MqttMessage message) {
        // After the goodbye nothing may follow it.
        return stopping
                ? Future.failedFuture(new PublishFailure(Kind.NOT_CONNECTED, "the bridge is stopping"))
                : link.publish(message);
    }

    @Override
    public void pumpLater() {
        if (!stopping) {
            vertx.setTimer(PUMP_MILLIS, id -> outbox.goOn());
        }
    }

    @Override
    public void onPublished() {
        meters.onPublished();
        meters.onQueued(outbox.queued());
    }

    @Override
    public void onRefused(TopicKind kind, String reason) {
        meters.onRefused();
        watch.onRefused(kind, reason);
    }

    @Override
    public void onTooLarge(TopicKind kind, String reason) {
        meters.onTooLarge();
        watch.onTooLarge(kind, reason);
    }

    @Override
    public void onEventDropped() {
        meters.onEventDropped();
    }

    @Override
    public void onResponseDropped() {
        meters.onResponseDropped();
    }
}
