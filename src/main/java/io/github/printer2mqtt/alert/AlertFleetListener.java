package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.fleet.ChangeQueue;
import io.github.printer2mqtt.fleet.FleetListener;
import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.json.StatusDocument;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.vertx.FaultIsolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings the fleet to the book: each printer when it changes, and those in some condition every few seconds; tells what
 * opened and cleared. Belongs to its loop, but for what it hears of the fleet and {@link #open()}, which are safe for
 * every thread.
 */
final class AlertFleetListener implements FleetListener {
    static final Duration TICK = Duration.ofSeconds(5);

    private static final Comparator<Alert> ORDER =
            Comparator.comparing(Alert::printer).thenComparing(Alert::code);

    private final FleetView fleet;
    private final AlertEngine book;
    private final AlertContext loop;
    private final ChangeQueue inbox;
    private final AlertListener listener;

    /** Removed since the last drain: one that comes back at once under its id is another machine. */
    private final Set<PrinterId> removed = ConcurrentHashMap.newKeySet();

    private AlertContext.@Nullable Repeating ticking;
    private volatile List<Alert> open = List.of();

    AlertFleetListener(FleetView fleet, AlertEngine book, AlertContext loop, AlertListener listener) {
        this.fleet = fleet;
        this.book = book;
        this.loop = loop;
        this.listener = listener;
        this.inbox = new ChangeQueue(() -> loop.run(this::drain), 1);
    }

    /** Begins to follow the fleet; what was open before a restart stands in the book already. */
    void begin() {
        open = sorted(book.open());
        fleet.follow(this);
        fleet.follow(inbox);
        FleetSnapshot snapshot = fleet.snapshot();
        book.watched().stream()
                .filter(printer -> snapshot.find(printer) == null)
                .forEach(removed::add);
        drain();
        look(snapshot.documents());
        ticking = loop.every(TICK, this::tick);
    }

    void end() {
        if (ticking != null) {
            ticking.cancel();
            ticking = null;
        }
    }

    /** The alerts that are open and not acknowledged, by printer and code. */
    List<Alert> open() {
        return open;
    }

    /** As {@link AlertEngine#acknowledge}; answers whether such an alert was open. */
    boolean acknowledge(PrinterId printer, AlertCode code) {
        Alert.Change change = book.acknowledge(printer, code);
        if (change == null) {
            return false;
        }
        tell(List.of(change));
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
            changes.addAll(book.drop(printer));
        });
        tell(changes);
        // Drained before the snapshot is read: what changes in between is nudged again.
        look(documents(inbox.drain().dirty()));
    }

    private void tick() {
        look(documents(book.watched()));
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

    private void look(Collection<StatusDocument> documents) {
        List<Alert.Change> changes = new ArrayList<>(0);
        FaultIsolation.forEach(
                "checking a printer for alerts",
                documents,
                document -> changes.addAll(book.look(document.status(), loop.nanos(), loop.now())));
        tell(changes);
    }

    private void tell(List<Alert.Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        open = sorted(book.open());
        FaultIsolation.forEach("the listener of the alerts", changes, listener::onAlert);
    }

    private static List<Alert> sorted(List<Alert> alerts) {
        return alerts.stream().sorted(ORDER).toList();
    }
}
