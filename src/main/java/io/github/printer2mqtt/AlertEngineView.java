package io.github.printer2mqtt;

import io.github.printer2mqtt.alert.AlertVerticle;
import io.github.printer2mqtt.http.ApiServices;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.mqtt.publish.OpenAlerts;
import io.vertx.core.Future;
import java.util.List;

/** Shows the alerts to the room that publishes them: rooms of one floor do not know each other. */
final class AlertEngineView implements OpenAlerts, ApiServices.Alerts {
    private final AlertVerticle alerts;

    AlertEngineView(AlertVerticle alerts) {
        this.alerts = alerts;
    }

    @Override
    public List<Alert> open() {
        return alerts.open();
    }

    @Override
    public void follow(Runnable wakeUp) {
        alerts.follow(change -> wakeUp.run());
    }

    @Override
    public Future<Boolean> acknowledge(PrinterId printer, AlertCode code) {
        return alerts.acknowledge(printer, code);
    }
}
