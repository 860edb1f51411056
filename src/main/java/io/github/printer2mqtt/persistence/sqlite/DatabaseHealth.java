package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.sql.Database;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database accepts writes, with a log line when that changes, and whether anything awaits a checkpoint.
 * Thread-safe.
 */
final class DatabaseHealth {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);

    /** Failures that last until somebody repairs them, unlike a mistake in one statement. */
    private static final Set<Kind> PERSISTENT =
            EnumSet.of(Kind.LOST, Kind.DISK_FULL, Kind.DISK_FAILED, Kind.DAMAGED, Kind.UNUSABLE_PATH, Kind.NOT_OURS);

    private final Path file;
    private @Nullable DatabaseException failure;
    private boolean uncheckpointedData;
    private boolean uncheckpointedUserData;

    DatabaseHealth(Path file) {
        this.file = file;
    }

    synchronized Health health() {
        DatabaseException now = failure;
        return now == null ? Health.up() : Health.degraded(Objects.toString(now.getMessage(), "does not work"));
    }

    synchronized void onWritten(Database.Durability durability) {
        uncheckpointedData = true;
        uncheckpointedUserData |= durability == Database.Durability.FULL;
        if (failure != null) {
            failure = null;
            LOG.info("database {}: it works again", file);
        }
    }

    synchronized void onFailed(Throwable cause) {
        if (!(cause instanceof DatabaseException next) || !PERSISTENT.contains(next.kind())) {
            return;
        }
        DatabaseException before = failure;
        failure = next;
        if (before == null || before.kind() != next.kind()) {
            LOG.error("{}", next.getMessage());
        }
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
