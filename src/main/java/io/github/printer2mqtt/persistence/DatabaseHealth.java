package io.github.printer2mqtt.persistence;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a database accepts writes, with a log line when that changes. Thread-safe. */
public final class DatabaseHealth {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);

    private final String database;
    private final Set<Kind> persistent;
    private final String consequence;
    private @Nullable DatabaseException failure;

    /**
     * For a database that works.
     *
     * @param database its path or URL
     * @param persistent failures that last until somebody repairs them, unlike a mistake in one statement
     * @param consequence follows the message of a failure in the log; may be empty
     */
    public DatabaseHealth(String database, Set<Kind> persistent, String consequence) {
        this.database = database;
        this.persistent = Set.copyOf(persistent);
        this.consequence = consequence;
    }

    public synchronized Health health() {
        DatabaseException now = failure;
        return now == null ? Health.up() : Health.degraded(Objects.toString(now.getMessage(), "does not work"));
    }

    /** A write has succeeded. */
    public synchronized void onWorking() {
        if (failure != null) {
            failure = null;
            LOG.info("database {}: it works again", database);
        }
    }

    /** Something has failed, which changes the health if it lasts. */
    public synchronized void onFailed(Throwable cause) {
        if (!(cause instanceof DatabaseException next) || !persistent.contains(next.kind())) {
            return;
        }
        DatabaseException before = failure;
        failure = next;
        if (before == null || before.kind() != next.kind()) {
            LOG.error("{}{}", next.getMessage(), consequence);
        }
    }
}
