package io.github.printer2mqtt.alert;

import io.github.printer2mqtt.model.Alert;

/** Called when an alert opens or clears, on the loop of the alerts, so it must not block. */
@FunctionalInterface
public interface AlertListener {
    void onAlert(Alert.Change change);
}
