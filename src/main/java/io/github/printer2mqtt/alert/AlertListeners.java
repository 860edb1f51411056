package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.observe.FaultIsolation;
import io.github.printer2mqtt.printer.AlertChange;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Several listeners of which a faulty one does not stop the others. Safe for every thread. */
final class AlertListeners implements AlertListener {
    private final List<AlertListener> all = new CopyOnWriteArrayList<>();

    void follow(AlertListener listener) {
        all.add(listener);
    }

    @Override
    public void onAlert(AlertChange change) {
        FaultIsolation.forEach("a listener of the alerts", all, listener -> listener.onAlert(change));
    }
}
