package io.github.printer2mqtt.mqtt.publish;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.vertx.core.Future;
import java.util.List;

/** The alerts that are open, as this room publishes them. Safe for every thread; reading never blocks. */
public interface OpenAlerts {
    List<Alert> open();

    /** Has a nudge run whenever an alert opens or clears; it returns at once. */
    void follow(Runnable wakeUp);

    /** Takes an alert away until its condition ends; false if no such alert is open. */
    Future<Boolean> acknowledge(PrinterId printer, AlertCode code);

    /** Where there are no rules, there are no alerts. */
    static OpenAlerts none() {
        return new OpenAlerts() {
            @Override
            public List<Alert> open() {
                return List.of();
            }

            @Override
            public void follow(Runnable wakeUp) {
                // Nothing ever changes.
            }

            @Override
            public Future<Boolean> acknowledge(PrinterId printer, AlertCode code) {
                return Future.succeededFuture(false);
            }
        };
    }
}
