package io.github.printer2mqtt.persistence.postgresql;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the database accepts writes, with a log line when that changes. Thread-safe. */
final class PostgresHealth {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresHealth.class);

    /** Failures that last until somebody repairs them, unlike a mistake in one statement. */
    private static final Set<Kind> PERSISTENT =
            EnumSet.of(Kind.UNREACHABLE, Kind.REJECTED, Kind.IN_USE, Kind.DISK_FULL, Kind.DISK_FAILED, Kind.DAMAGED);

    private final String database;
    private @Nullable DatabaseException failure;

    /** @param database its URL */
    PostgresHealth(String database) {
        this.database = database;
    }

    synchronized Health health() {
        DatabaseException now = failure;
        return now == null ? Health.up() : Health.degraded(Objects.toString(now.getMessage(), "does not work"));
    }

    synchronized void onWorking() {
        if (failure != null) {
            failure = null;
            LOG.info("database {}: it works again", database);
        }
    }

    synchronized void onFailed(Throwable cause) {
        if (!(cause instanceof DatabaseException next) || !PERSISTENT.contains(next.kind())) {
            return;
        }
        DatabaseException before = failure;
        failure = next;
        if (before == null || before.kind() != next.kind()) {
            LOG.error("{}; printers are polled and published, and changes are refused meanwhile", next.getMessage());
        }
    }
}
