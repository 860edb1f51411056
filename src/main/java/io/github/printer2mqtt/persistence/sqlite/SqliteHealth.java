package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.DatabaseHealth;
import io.github.printer2mqtt.persistence.sql.Database;
import java.nio.file.Path;

/** Whether the database accepts writes, and whether anything awaits a checkpoint. Thread-safe. */
final class SqliteHealth {
    private final DatabaseHealth health;
    private boolean uncheckpointedData;
    private boolean uncheckpointedUserData;

    SqliteHealth(Path file) {
        this.health = DatabaseHealth.ofFile(file);
    }

    Health health() {
        return health.health();
    }

    synchronized void onWritten(Database.Durability durability) {
        uncheckpointedData = true;
        uncheckpointedUserData |= durability == Database.Durability.FULL;
        health.onWorking();
    }

    void onFailed(Throwable cause) {
        health.onFailed(cause);
    }

    synchronized boolean hasUncheckpointedData() {
        return uncheckpointedData;
    }

    synchronized boolean hasUncheckpointedUserData() {
        return uncheckpointedUserData;
    }

    synchronized void onCheckpoint() {
        uncheckpointedData = false;
        uncheckpointedUserData = false;
    }
}
