package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.fleet.ChangeQueue;
import io.github.printer2mqtt.fleet.FleetCounts;
import io.github.printer2mqtt.fleet.FleetListener;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.StateCounts;
import io.github.printer2mqtt.mqtt.homeassistant.DiscoveryService;
import io.github.printer2mqtt.mqtt.publish.AlertPublisher;
import io.github.printer2mqtt.mqtt.publish.CountsPublisher;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.publish.MqttMetrics;
import io.github.printer2mqtt.mqtt.publish.Outbox;
import io.github.printer2mqtt.mqtt.publish.RegistrationPublisher;
import io.github.printer2mqtt.mqtt.publish.RetainedTopics;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Keeps the retained set up to date with fleet, registrations, alerts and the bridge itself, whether or not a broker is
 * connected. Belongs to the context of {@link MqttVerticle}; notifications from other threads are moved there.
 */
final class FleetPublisher implements FleetListener {
    private static final int EVENT_CAPACITY = 1000;

    /** From a registration until registrations are compared, so that an import costs one comparison. */
    private static final long REGISTRATION_MILLIS = 100;

    private static final long COUNT_MILLIS = 1000;

    /** Between two looks for changes of numbers, which are published together. */
    private static final long NUMBERS_MILLIS = 50;

    private final Vertx vertx;
    private final Context context;
    private final MqttDependencies dependencies;
    private final Topics topics;
    private final RetainedTopics retained;
    private final Outbox outbox;
    private final DiscoveryService discovery;
    private final MqttMetrics metrics;
    private final LongSupplier droppedMessages;
    private final ChangeQueue changes;
    private final StatusPublisher statuses;
    private final RegistrationPublisher registrations;
    private final AlertPublisher alerts;
    private final CountsPublisher counts;
    private final AtomicBoolean registrationsDirty = new AtomicBoolean();
    private final AtomicBoolean alertsDirty = new AtomicBoolean();
    private long healthTimer = -1;
    private long countTimer = -1;
    private long numbersTimer = -1;
    private boolean loaded;

    /** @param droppedMessages messages from the broker that were dropped since start */
    FleetPublisher(
            Vertx vertx,
            MqttDependencies dependencies,
            RetainedTopics retained,
            Outbox outbox,
            DiscoveryService discovery,
            MqttMetrics metrics,
            LongSupplier droppedMessages) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.dependencies = dependencies;
        this.topics = dependencies.topics();
        this.retained = retained;
        this.outbox = outbox;
        this.discovery = discovery;
        this.metrics = metrics;
        this.droppedMessages = droppedMessages;
        this.changes = new ChangeQueue(() -> context.runOnContext(v -> drain()), EVENT_CAPACITY);
        this.statuses = new StatusPublisher(vertx, dependencies, changes, retained, outbox, discovery);
        this.registrations = new RegistrationPublisher(dependencies, retained, outbox);
        this.alerts = new AlertPublisher(dependencies.alerts()::open, topics, retained);
        this.counts = new CountsPublisher(dependencies.fleet(), topics, retained);
    }

    /** Follows fleet and alerts. Statuses are published only after {@link #load}. */
    void start() {
        registrations.start();
        dependencies.fleet().addListener(changes);
        dependencies.fleet().addListener(this);
        dependencies.alerts().addListener(change -> onAlertsChanged());
        healthTimer = vertx.setPeriodic(dependencies.timings().health().toMillis(), id -> publishPeriodically());
        numbersTimer = vertx.setPeriodic(NUMBERS_MILLIS, id -> {
            if (changes.hasContent()) {
                drain();
            }
        });
        countTimer = vertx.setPeriodic(COUNT_MILLIS, id -> {
            counts.refresh();
            outbox.pump();
        });
    }

    /** @param announcedEarlier what was stored about topics of an earlier run, by topic */
    void load(Map<String, String> announcedEarlier) {
        statuses.load(announcedEarlier);
        loaded = true;
        refresh();
    }

    void stop() {
        vertx.cancelTimer(healthTimer);
        vertx.cancelTimer(countTimer);
        vertx.cancelTimer(numbersTimer);
    }

    /** Puts the current statuses, alerts and counts into the retained set. */
    void refresh() {
        statuses.refresh();
        alerts.refresh();
        counts.refresh();
    }

    /** Puts information about the bridge and its health into the retained set. */
    void refreshBridge() {
        StateCounts counted = FleetCounts.of(dependencies.fleet().snapshot()).fleet();
        retained.put(topics.bridgeInfo(), BridgeDocuments.info(dependencies.facts(), counted));
        metrics.onQueued(outbox.queued());
        Runtime runtime = Runtime.getRuntime();
        BridgeDocuments.ProcessStats process = new BridgeDocuments.ProcessStats(
                Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()),
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory(),
                ManagementFactory.getThreadMXBean().getThreadCount());
        retained.put(
                topics.bridgeHealth(),
                BridgeDocuments.health(
                        dependencies.clock().instant(),
                        process,
                        metrics.stats(changes.droppedEvents(), droppedMessages.getAsLong()),
                        dependencies.polls().get()));
    }

    private void drain() {
        if (!loaded) {
            return;
        }
        statuses.drain();
        outbox.pump();
        metrics.onQueued(outbox.queued());
    }

    private void publishPeriodically() {
        registrations.compare();
        refreshBridge();
        outbox.pump();
    }

    private void onAlertsChanged() {
        if (alertsDirty.compareAndSet(false, true)) {
            context.runOnContext(v -> {
                alertsDirty.set(false);
                alerts.refresh();
                outbox.pump();
            });
        }
    }

    @Override
    public void onRegistered(Printer printer) {
        onRegistrationsChanged();
    }

    @Override
    public void onRemoved(PrinterId printer) {
        onRegistrationsChanged();
    }

    private void onRegistrationsChanged() {
        if (registrationsDirty.compareAndSet(false, true)) {
            context.runOnContext(v -> vertx.setTimer(REGISTRATION_MILLIS, id -> {
                registrationsDirty.set(false);
                registrations.compare();
                discovery.compare();
                outbox.pump();
            }));
        }
    }
}
