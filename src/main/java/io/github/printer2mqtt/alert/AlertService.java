package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/** Open alerts and their acknowledgement, for HTTP and MQTT. Safe for every thread; reading never blocks. */
public interface AlertService {
    /** Alerts that are open and not acknowledged, by printer and code. */
    List<Alert> open();

    /** Adds a listener for every alert that opens or clears from now on; called on the loop of the alerts, it must not block. */
    void addListener(Consumer<Alert.Change> listener);

    /** Clears an alert until its condition ends; completes with false if no such alert is open. */
    Future<Boolean> acknowledge(PrinterId printer, AlertCode code);
}
