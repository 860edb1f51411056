package io.github.printer2mqtt.site;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterKey;
import io.github.printer2mqtt.vertx.FaultIsolation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The open alerts of all sites as their bridges publish them. Thread-safe; guarded by itself. */
final class SiteAlerts {
    private static final Comparator<Alert> ORDER = Comparator.comparing(
                    (Alert alert) -> Objects.requireNonNullElse(alert.site(), ""))
            .thenComparing(Alert::printer)
            .thenComparing(Alert::code);

    private final List<Consumer<Alert.Change>> listeners = new CopyOnWriteArrayList<>();
    private final Map<Key, Alert> alerts = new HashMap<>();
    private @Nullable List<Alert> sorted = List.of();

    private record Key(PrinterKey printer, AlertCode code) {}

    /** By site, printer and code; the same list as long as no alert opens or clears. */
    synchronized List<Alert> open() {
        List<Alert> known = sorted;
        if (known == null) {
            known = alerts.values().stream().sorted(ORDER).toList();
            sorted = known;
        }
        return known;
    }

    void addListener(Consumer<Alert.Change> listener) {
        listeners.add(listener);
    }

    synchronized void put(Alert alert) {
        Alert before = alerts.put(new Key(alert.key(), alert.code()), alert);
        if (!alert.equals(before)) {
            sorted = null;
            notifyListeners(Alert.Change.opened(alert));
        }
    }

    synchronized void remove(PrinterKey printer, AlertCode code) {
        Alert removed = alerts.remove(new Key(printer, code));
        if (removed != null) {
            sorted = null;
            notifyListeners(Alert.Change.cleared(removed));
        }
    }

    /** Removes those of a site whose printer does not match. */
    synchronized void retain(String site, Predicate<PrinterId> isKept) {
        for (Alert alert : List.copyOf(alerts.values())) {
            if (site.equals(alert.site()) && !isKept.test(alert.printer())) {
                remove(alert.key(), alert.code());
            }
        }
    }

    private void notifyListeners(Alert.Change change) {
        FaultIsolation.forEach("a listener of mirrored alerts", listeners, listener -> listener.accept(change));
    }
}
