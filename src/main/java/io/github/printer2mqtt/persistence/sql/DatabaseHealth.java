package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.DatabaseException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database takes what it is given: one line in the log when that changes, and its health. Also counts what a
 * checkpoint would bring into the file itself. Safe for every thread; guarded by itself.
 */
final class DatabaseHealth {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);

    /** What lasts until somebody does something about it, unlike a mistake in one statement. */
    private static final Set<DatabaseException.Kind> LASTING = EnumSet.of(
            DatabaseException.Kind.LOST,
            DatabaseException.Kind.DISK_FULL,
            DatabaseException.Kind.DISK_FAILED,
            DatabaseException.Kind.DAMAGED,
            DatabaseException.Kind.UNUSABLE_PATH,
            DatabaseException.Kind.NOT_OURS);

    private final Path file;
    private @Nullable DatabaseException trouble;
    private boolean unsaved;
    private boolean unsavedByUser;

    DatabaseHealth(Path file) {
        this.file = file;
    }

    synchronized Health health() {
        DatabaseException now = trouble;
        return now == null ? Health.up() : Health.degraded(Objects.toString(now.getMessage(), "does not work"));
    }

    synchronized void onWritten(Database.Durability durability) {
        unsaved = true;
        unsavedByUser |= durability == Database.Durability.FULL;
        onSound();
    }

    /** The database works, as far as was tried. */
    synchronized void onSound() {
        if (trouble != null) {
            trouble = null;
            LOG.info("database {}: it works again", file);
        }
    }

    synchronized void onFailed(Throwable failure) {
        if (!(failure instanceof DatabaseException problem) || !LASTING.contains(problem.kind())) {
            return;
        }
        DatabaseException before = trouble;
        trouble = problem;
        if (before == null || before.kind() != problem.kind()) {
            LOG.error("{}", problem.getMessage());
        }
    }

    synchronized boolean isUnsaved() {
        return unsaved;
    }

    synchronized boolean isUnsavedByUser() {
        return unsavedByUser;
    }

    synchronized void onCheckpoint() {
        unsaved = false;
        unsavedByUser = false;
    }
}
