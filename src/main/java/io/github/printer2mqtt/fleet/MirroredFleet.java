package io.github.printer2mqtt.fleet;

import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status;
import io.github.printer2mqtt.vertx.FaultIsolation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The printers of one other site as its bridge describes them. Nothing is decided here: no availability, no events of our own.
 *
 * <p>Thread-safe; guarded by itself. Listeners are called under that lock.
 */
public final class MirroredFleet implements FleetView {
    private final List<FleetListener> listeners = new CopyOnWriteArrayList<>();
    private volatile FleetSnapshot snapshot = FleetSnapshot.EMPTY;

    @Override
    public FleetSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public synchronized <T> T whileUnchanged(Supplier<T> work) {
        return work.get();
    }

    @Override
    public void addListener(FleetListener listener) {
        listeners.add(listener);
    }

    /** Adds a printer or replaces its status; an equal status changes nothing. */
    public synchronized void mirror(Status status) {
        StatusDocument known = snapshot.find(status.id());
        Status before = known == null ? null : known.status();
        if (status.equals(before)) {
            return;
        }
        snapshot = snapshot.with(status);
        Status.Change change = new Status.Change(before, status, snapshot.version());
        notifyListeners(listener -> listener.onChange(change));
    }

    /** Removes a printer; an unknown one is no error. */
    public synchronized void remove(PrinterId printer) {
        if (snapshot.find(printer) != null) {
            snapshot = snapshot.without(printer);
            notifyListeners(listener -> listener.onRemoved(printer));
        }
    }

    /** Passes on an event that the site's bridge has published. */
    public synchronized void pass(PrinterEvent event) {
        notifyListeners(listener -> listener.onEvent(event));
    }

    private void notifyListeners(Consumer<FleetListener> notification) {
        FaultIsolation.forEach("a listener of a mirrored fleet", listeners, notification);
    }
}
