package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.alert.AlertService;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Open alerts in memory. */
public final class InMemoryAlerts implements AlertService {
    private final List<Alert> open = new CopyOnWriteArrayList<>();
    private final List<Consumer<Alert.Change>> listeners = new CopyOnWriteArrayList<>();

    /** Opens an alert and notifies the listeners. */
    public void add(Alert alert) {
        open.add(alert);
        listeners.forEach(listener -> listener.accept(Alert.Change.opened(alert)));
    }

    @Override
    public List<Alert> open() {
        return List.copyOf(open);
    }

    @Override
    public void addListener(Consumer<Alert.Change> listener) {
        listeners.add(listener);
    }

    @Override
    public Future<Boolean> acknowledge(PrinterId printer, AlertCode code) {
        List<Alert> cleared = open.stream()
                .filter(alert -> alert.printer().equals(printer) && alert.code() == code)
                .toList();
        open.removeAll(cleared);
        cleared.forEach(alert -> listeners.forEach(listener -> listener.accept(Alert.Change.cleared(alert))));
        return Future.succeededFuture(!cleared.isEmpty());
    }
}
