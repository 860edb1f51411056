package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.fleet.ChangeQueue;
import io.github.printer2mqtt.fleet.FleetListener;
import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.vertx.FaultIsolation;
import io.github.printer2mqtt.vertx.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes the fleet to the engine: each printer when it changes, and those with pending or open alerts every few seconds;
 * notifies the listener of what opened and cleared. After the loss of the ownership nothing is evaluated: the engine would
 * judge printers by a past that another node has continued. Belongs to its loop, except the methods of {@link FleetListener} and
 * {@link #open()}, which are thread-safe.
 */
final class AlertFleetListener implements FleetListener {
    static final Duration TICK = Duration.ofSeconds(5);

    /** Between two looks for changes of numbers. */
    private static final Duration NUMBERS = Duration.ofMillis(250);

    private static final Comparator<Alert> ORDER =
            Comparator.comparing(Alert::printer).thenComparing(Alert::code);

    private final FleetView fleet;
    private final AlertEngine engine;
    private final Timers timers;
    private final ChangeQueue changeQueue;
    private final Ownership ownership;
    private final Consumer<Alert.Change> listener;

    /** Removed since the last drain; a printer registered again under its id is another machine. */
    private final Set<PrinterId> removed = ConcurrentHashMap.newKeySet();

    private Timers.@Nullable Timer timer;
    private Timers.@Nullable Timer numbersTimer;
    private volatile List<Alert> open = List.of();

    AlertFleetListener(
            FleetView fleet,
            AlertEngine engine,
            Timers timers,
            Executor loop,
            Ownership ownership,
            Consumer<Alert.Change> listener) {
        this.fleet = fleet;
        this.engine = engine;
        this.timers = timers;
        this.ownership = ownership;
        this.listener = listener;
        this.changeQueue = new ChangeQueue(() -> loop.execute(this::drain), 1);
    }

    /** Starts to follow the fleet; the engine must have restored the alerts from before a restart. */
    void start() {
        open = sorted(engine.open());
        fleet.addListener(this);
        fleet.addListener(changeQueue);
        FleetSnapshot snapshot = fleet.snapshot();
        engine.trackedPrinters().stream()
                .filter(printer -> snapshot.find(printer) == null)
                .forEach(removed::add);
        drain();
        evaluate(snapshot.documents());
        timer = timers.after(TICK, this::tick);
        numbersTimer = timers.after(NUMBERS, this::drainNumbers);
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (numbersTimer != null) {
            numbersTimer.cancel();
            numbersTimer = null;
        }
    }

    /** The alerts that are open and not acknowledged, by printer and code. */
    List<Alert> open() {
        return open;
    }

    /** As {@link AlertEngine#acknowledge}; returns whether such an alert was open. */
    boolean acknowledge(PrinterId printer, AlertCode code) {
        Alert.Change change = engine.acknowledge(printer, code);
        if (change == null) {
            return false;
        }
        notifyListener(List.of(change));
        return true;
    }

    @Override
    public void onRemoved(PrinterId printer) {
        removed.add(printer);
    }

    private void drain() {
        List<Alert.Change> changes = new ArrayList<>(0);
        FaultIsolation.forEach("clearing the alerts of a printer", List.copyOf(removed), printer -> {
            removed.remove(printer);
            changes.addAll(engine.drop(printer));
        });
        notifyListener(changes);
        // Drained before the snapshot is read, so that no change in between is missed.
        evaluate(documents(changeQueue.drain().changed()));
    }

    private void drainNumbers() {
        numbersTimer = timers.after(NUMBERS, this::drainNumbers);
        if (changeQueue.hasContent()) {
            drain();
        }
    }

    private void tick() {
        timer = timers.after(TICK, this::tick);
        evaluate(documents(engine.trackedPrinters()));
    }

    private List<StatusDocument> documents(Set<PrinterId> printers) {
        FleetSnapshot snapshot = fleet.snapshot();
        List<StatusDocument> found = new ArrayList<>(printers.size());
        for (PrinterId printer : printers) {
            StatusDocument document = snapshot.find(printer);
            if (document != null) {
                found.add(document);
            }
        }
        return found;
    }

    private void evaluate(Collection<StatusDocument> documents) {
        if (!ownership.isHeld()) {
            return;
        }
        List<Alert.Change> changes = new ArrayList<>(0);
        FaultIsolation.forEach(
                "checking a printer for alerts",
                documents,
                document -> changes.addAll(engine.evaluate(document.status(), timers.nanos(), timers.now())));
        notifyListener(changes);
    }

    private void notifyListener(List<Alert.Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        open = sorted(engine.open());
        FaultIsolation.forEach("the listener of the alerts", changes, listener);
    }

    private static List<Alert> sorted(List<Alert> alerts) {
        return alerts.stream().sorted(ORDER).toList();
    }
}
