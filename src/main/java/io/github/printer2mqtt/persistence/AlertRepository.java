package io.github.printer2mqtt.persistence;

import io.github.printer2mqtt.model.Alert;

/**
 * Where open alerts are written down, so that a restart opens none twice. Called on the context of the book: an
 * implementation returns at once and keeps the order of the calls for one printer and code.
 */
public interface AlertRepository {
    /**
     * An open alert as it was written down.
     *
     * @param alert as it opened
     * @param acknowledged whether somebody has seen it
     */
    record StoredAlert(Alert alert, boolean acknowledged) {}

    /** An alert opened, or was acknowledged. */
    void save(StoredAlert memory);

    /** It is over. */
    void remove(Alert alert);
}
