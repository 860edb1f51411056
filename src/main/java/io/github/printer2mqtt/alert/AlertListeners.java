package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.printer.AlertChange;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners of which a faulty one does not stop the others. Safe for every thread. */
final class AlertListeners implements AlertListener {
    private static final Logger LOG = LoggerFactory.getLogger(AlertListeners.class);

    private final List<AlertListener> all = new CopyOnWriteArrayList<>();

    void follow(AlertListener listener) {
        all.add(listener);
    }

    @Override
    public void onAlert(AlertChange change) {
        for (AlertListener listener : all) {
            try {
                listener.onAlert(change);
            } catch (RuntimeException e) {
                LOG.error("a listener of the alerts failed", e);
            }
        }
    }
}
