package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.alert.AlertService;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Open alerts in memory; listeners are ignored. */
public final class InMemoryAlerts implements AlertService {
    private final List<Alert> open = new CopyOnWriteArrayList<>();

    public void add(Alert alert) {
        open.add(alert);
    }

    @Override
    public List<Alert> open() {
        return List.copyOf(open);
    }

    @Override
    public void addListener(Consumer<Alert.Change> listener) {
        // Alerts are added before a test begins.
    }

    @Override
    public Future<Boolean> acknowledge(PrinterId printer, AlertCode code) {
        return Future.succeededFuture(open.removeIf(alert -> alert.printer().equals(printer) && alert.code() == code));
    }
}
