package io.github.printer2mqtt.notification;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.NotifyConfig;
import io.github.printer2mqtt.fleet.ChangeQueue;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.net.http.ApiClient;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.github.printer2mqtt.vertx.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes events and alerts to the configured receivers, on an event loop of its own. Deployed once, before the printers and
 * the alerts; {@link #onAlert} and the methods of {@link NotificationService} are thread-safe.
 */
public final class NotificationVerticle extends VerticleBase implements NotificationService {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int MAX_RESPONSE_BYTES = 64 * 1024;
    private static final int EVENTS = 1_000;

    private final NotifyConfig config;
    private final FleetView fleet;
    private final NotificationMetrics metrics;
    private final Ownership ownership;
    private final List<Receiver> receivers;
    private final List<DeliveryQueue> queues = new ArrayList<>();
    private volatile @Nullable ContextExecutor loop;
    private volatile @Nullable ChangeQueue changeQueue;
    private @Nullable ApiClient client;
    private @Nullable Future<List<TestResult>> runningTest;

    /** @param ownership of all printers; nothing is sent after its loss, because the next owner does */
    public NotificationVerticle(
            NotifyConfig config, FleetView fleet, MetricsRegistry metricsRegistry, Ownership ownership) {
        this.config = config;
        this.fleet = fleet;
        this.metrics = new NotificationMetrics(metricsRegistry);
        this.ownership = ownership;
        this.receivers = receivers(config);
        receivers.forEach(receiver -> metrics.add(receiver.name()));
    }

    private static List<Receiver> receivers(NotifyConfig config) {
        List<Receiver> receivers = new ArrayList<>();
        if (config.webhook() != null) {
            receivers.add(
                    new WebhookReceiver(config.webhook().url(), config.webhook().secret()));
        }
        if (config.ntfy() != null) {
            receivers.add(new NtfyReceiver(config.ntfy().url(), config.ntfy().token()));
        }
        return List.copyOf(receivers);
    }

    @Override
    public Future<?> start() {
        ContextExecutor executor = new ContextExecutor(context);
        client = ApiClient.create(vertx, MAX_RESPONSE_BYTES);
        Timers timers = LoopTimers.ofCurrent(vertx);
        receivers.forEach(receiver -> queues.add(new DeliveryQueue(
                receiver.name(), notification -> send(receiver, notification), timers, metrics, ownership)));
        loop = executor;
        if (!receivers.isEmpty()) {
            ChangeQueue events = new ChangeQueue(() -> executor.execute(this::drain), EVENTS);
            changeQueue = events;
            fleet.addListener(events);
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        loop = null;
        changeQueue = null;
        queues.forEach(DeliveryQueue::stop);
        return Future.succeededFuture();
    }

    /** Tells the receivers of an alert that opened or cleared. Does nothing before the start. */
    public void onAlert(Alert.Change change) {
        ContextExecutor executor = loop;
        if (executor != null
                && !receivers.isEmpty()
                && config.alerts().contains(change.alert().code())) {
            executor.execute(() -> {
                Status status = status(change.alert().printer());
                if (isWanted(status, status == null ? null : status.group())) {
                    add(Notification.of(change, status, Instant.now()));
                }
            });
        }
    }

    private void drain() {
        ChangeQueue events = changeQueue;
        if (events != null) {
            events.drain().events().forEach(this::onEvent);
        }
    }

    private void onEvent(PrinterEvent event) {
        if (config.events().contains(event.type()) && isWanted(status(event.printer()), event.group())) {
            add(Notification.of(event));
        }
    }

    private boolean isWanted(@Nullable Status status, @Nullable String group) {
        boolean isInMaintenance = status != null && status.maintenance() != null;
        return !isInMaintenance
                && (config.groups().isEmpty()
                        || (group != null && config.groups().contains(group)));
    }

    private void add(Notification notification) {
        queues.forEach(queue -> queue.add(notification));
    }

    private @Nullable Status status(PrinterId printer) {
        StatusDocument document = fleet.snapshot().find(printer);
        return document == null ? null : document.status();
    }

    private Future<ApiClient.Response> send(Receiver receiver, Notification notification) {
        ApiClient open = client;
        return open == null
                ? Future.failedFuture("not started")
                : open.send(receiver.request(notification, Instant.now()), DEADLINE);
    }

    @Override
    public List<String> receivers() {
        return receivers.stream().map(Receiver::name).toList();
    }

    @Override
    public Future<List<TestResult>> test() {
        ContextExecutor executor = loop;
        return executor == null ? Future.succeededFuture(List.of()) : executor.call(this::testOnce);
    }

    /** Requests share a test that is running, so that they cannot flood a receiver. */
    private Future<List<TestResult>> testOnce() {
        Future<List<TestResult>> running = runningTest;
        if (running != null && !running.isComplete()) {
            return running;
        }
        Notification notification = Notification.test(Instant.now());
        List<Future<TestResult>> results = receivers.stream()
                .map(receiver -> send(receiver, notification)
                        .map(response -> result(receiver, response))
                        .otherwise(failure ->
                                new TestResult(receiver.name(), false, String.valueOf(failure.getMessage()))))
                .toList();
        Future<List<TestResult>> started = Future.join(results)
                .map(all -> results.stream().map(Future::result).toList());
        runningTest = started;
        return started;
    }

    private static TestResult result(Receiver receiver, ApiClient.Response response) {
        boolean isDelivered = response.status() >= 200 && response.status() < 300;
        return new TestResult(
                receiver.name(), isDelivered, isDelivered ? null : "it answers with status " + response.status());
    }
}
