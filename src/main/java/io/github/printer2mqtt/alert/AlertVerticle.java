package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.AlertRepository;
import io.github.printer2mqtt.vertx.FaultIsolation;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerts of the fleet, on one event loop.
 *
 * <p>Deployed once, when the registered printers are in the fleet; it has started when what was open before a restart is
 * read. Stopping writes down what is not written yet. {@link #open}, {@link #follow} and {@link #acknowledge} are safe for
 * every thread.
 */
public final class AlertVerticle extends VerticleBase implements AlertService {
    private static final Logger LOG = LoggerFactory.getLogger(AlertVerticle.class);

    private final FleetView fleet;
    private final Function<PrinterId, AlertsConfig> thresholds;
    private final AlertRepository repository;
    private final AlertListeners listeners = new AlertListeners();
    private volatile @Nullable AlertFleetListener watch;

    /**
     * @param thresholds of a printer, read from memory at each look: {@link Thresholds}
     * @param repository keeps open alerts across restarts
     */
    public AlertVerticle(FleetView fleet, Function<PrinterId, AlertsConfig> thresholds, AlertRepository repository) {
        this.fleet = fleet;
        this.thresholds = thresholds;
        this.repository = repository;
    }

    /**
     * The alerts that are open and not acknowledged, by printer and code; none before the start. Those from before a
     * restart are among them until their printers have answered.
     */
    @Override
    public List<Alert> open() {
        AlertFleetListener running = watch;
        return running == null ? List.of() : running.open();
    }

    /** Tells a listener of everything that opens and clears from now on, on the loop of the alerts. */
    @Override
    public void follow(AlertListener listener) {
        listeners.follow(listener);
    }

    /**
     * Notes that somebody has seen an alert: it clears, and does not open again before its condition is over, across a
     * restart too. Completes with whether such an alert was open.
     */
    @Override
    public Future<Boolean> acknowledge(PrinterId printer, AlertCode code) {
        AlertFleetListener running = watch;
        if (running == null) {
            return Future.succeededFuture(false);
        }
        Promise<Boolean> answer = Promise.promise();
        context.runOnContext(now -> answer.tryComplete(running.acknowledge(printer, code)));
        return answer.future();
    }

    @Override
    public Future<?> start() {
        VertxAlertContext loop = new VertxAlertContext(vertx);
        AlertEngine book = new AlertEngine(thresholds, repository);
        AlertFleetListener fresh = new AlertFleetListener(fleet, book, loop, change -> {
            log(change);
            listeners.onAlert(change);
        });
        return repository.load().map(memories -> {
            book.remember(memories);
            fresh.begin();
            watch = fresh;
            return null;
        });
    }

    private static void log(Alert.Change change) {
        Alert alert = change.alert();
        if (change.turn() == Alert.Change.Turn.OPENED) {
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
        AlertFleetListener running = watch;
        if (running != null) {
            running.end();
        }
        return repository.flush();
    }

    /** Several listeners of which a faulty one does not stop the others. Safe for every thread. */
    static final class AlertListeners implements AlertListener {
        private final List<AlertListener> all = new CopyOnWriteArrayList<>();

        void follow(AlertListener listener) {
            all.add(listener);
        }

        @Override
        public void onAlert(Alert.Change change) {
            FaultIsolation.forEach("a listener of the alerts", all, listener -> listener.onAlert(change));
        }
    }
}
