package io.github.printer2mqtt.http;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Open alerts in memory. */
final class MemoryAlerts implements ApiServices.Alerts {
    final List<Alert> open = new CopyOnWriteArrayList<>();

    @Override
    public List<Alert> open() {
        return List.copyOf(open);
    }

    @Override
    public Future<Boolean> acknowledge(PrinterId printer, AlertCode code) {
        return Future.succeededFuture(open.removeIf(alert -> alert.printer().equals(printer) && alert.code() == code));
    }
}
