package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.AlertRepository;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.github.printer2mqtt.vertx.FaultIsolation;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.github.printer2mqtt.vertx.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerts of the fleet, on one event loop.
 *
 * <p>Deployed once, after the registered printers are in the fleet; the deployment completes when the open alerts from
 * before a restart are restored. Undeploying stores what is not stored yet. {@link #open}, {@link #addListener} and
 * {@link #acknowledge} are thread-safe.
 */
public final class AlertVerticle extends VerticleBase implements AlertService {
    private static final Logger LOG = LoggerFactory.getLogger(AlertVerticle.class);

    private final FleetView fleet;
    private final Function<PrinterId, AlertsConfig> thresholds;
    private final AlertRepository repository;
    private final Ownership ownership;
    private final List<Consumer<Alert.Change>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable AlertFleetListener fleetListener;

    /**
     * @param thresholds of a printer, read at each evaluation; must not block
     * @param repository keeps open alerts across restarts
     * @param ownership of all printers; after its loss no alert opens or clears by itself
     */
    public AlertVerticle(
            FleetView fleet,
            Function<PrinterId, AlertsConfig> thresholds,
            AlertRepository repository,
            Ownership ownership) {
        this.fleet = fleet;
        this.thresholds = thresholds;
        this.repository = repository;
        this.ownership = ownership;
    }

    /**
     * The alerts that are open and not acknowledged, sorted by printer and code; none before the start. Those from before a
     * restart stay until their printers are evaluated.
     */
    @Override
    public List<Alert> open() {
        AlertFleetListener running = fleetListener;
        return running == null ? List.of() : running.open();
    }

    /** Calls a listener, on the loop of the alerts, whenever an alert opens or clears. */
    @Override
    public void addListener(Consumer<Alert.Change> listener) {
        listeners.add(listener);
    }

    /**
     * Acknowledges an alert: it clears, and does not open again before its condition clears, even after a restart. Completes
     * with whether such an alert was open.
     */
    @Override
    public Future<Boolean> acknowledge(PrinterId printer, AlertCode code) {
        AlertFleetListener running = fleetListener;
        if (running == null) {
            return Future.succeededFuture(false);
        }
        return new ContextExecutor(context).call(() -> Future.succeededFuture(running.acknowledge(printer, code)));
    }

    @Override
    public Future<?> start() {
        Timers timers = LoopTimers.ofCurrent(vertx);
        AlertEngine engine = new AlertEngine(thresholds, repository);
        AlertFleetListener newListener =
                new AlertFleetListener(fleet, engine, timers, new ContextExecutor(context), ownership, change -> {
                    log(change);
                    FaultIsolation.forEach("a listener of the alerts", listeners, listener -> listener.accept(change));
                });
        return repository.load().map(memories -> {
            engine.restore(memories);
            newListener.start();
            fleetListener = newListener;
            return null;
        });
    }

    private static void log(Alert.Change change) {
        Alert alert = change.alert();
        if (change.kind() == Alert.Change.Kind.OPENED) {
            LOG.info(
                    "alert {} of {} ({}): {}",
                    alert.code().wireName(),
                    alert.printer(),
                    alert.severity().wireName(),
                    alert.message());
        } else {
            LOG.info("alert {} of {} cleared", alert.code().wireName(), alert.printer());
        }
    }

    @Override
    public Future<?> stop() {
        AlertFleetListener running = fleetListener;
        if (running != null) {
            running.stop();
        }
        return repository.flush();
    }
}
