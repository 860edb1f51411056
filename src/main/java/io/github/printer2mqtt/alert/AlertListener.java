package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.Alert;

/** Hears what opens and clears, on the loop of the alerts: it must return at once and hand work to its own loop. */
@FunctionalInterface
public interface AlertListener {
    void onAlert(Alert.Change change);
}
