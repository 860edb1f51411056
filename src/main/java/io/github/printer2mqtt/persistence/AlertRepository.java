package io.github.printer2mqtt.persistence;

import io.github.printer2mqtt.model.Alert;
import io.vertx.core.Future;
import java.util.List;

/**
 * Open alerts, kept so that a restart opens none twice. {@link #save} and {@link #remove} return at once and are applied in
 * the order of the calls for one printer and code.
 */
public interface AlertRepository {
    /** An open alert, and whether somebody has acknowledged it. */
    record StoredAlert(Alert alert, boolean acknowledged) {}

    /** The alerts that were open when the bridge stopped. */
    Future<List<StoredAlert>> load();

    /** Saves an alert that opened or was acknowledged. */
    void save(StoredAlert alert);

    /** Removes an alert that has ended. */
    void remove(Alert alert);

    /** Completes when everything is stored; fails with a {@link DatabaseException}. */
    Future<Void> flush();
}
