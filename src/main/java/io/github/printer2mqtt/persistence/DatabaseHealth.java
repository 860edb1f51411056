package io.github.printer2mqtt.persistence;

import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a database accepts writes, with a log line when that changes. Thread-safe. */
public final class DatabaseHealth {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);

    /** Failures that last until somebody repairs them, unlike a mistake in one statement. */
    private static final Set<Kind> LASTING_IN_FILE =
            EnumSet.of(Kind.LOST, Kind.DISK_FULL, Kind.DISK_FAILED, Kind.DAMAGED, Kind.UNUSABLE_PATH, Kind.NOT_OURS);

    private static final Set<Kind> LASTING_AT_SERVER =
            EnumSet.of(Kind.UNREACHABLE, Kind.REJECTED, Kind.IN_USE, Kind.DISK_FULL, Kind.DISK_FAILED, Kind.DAMAGED);

    private final String database;
    private final Set<Kind> lasting;
    private final String consequence;
    private @Nullable DatabaseException failure;

    private DatabaseHealth(String database, Set<Kind> lasting, String consequence) {
        this.database = database;
        this.lasting = lasting;
        this.consequence = consequence;
    }

    public static DatabaseHealth ofFile(Path file) {
        return new DatabaseHealth(file.toString(), LASTING_IN_FILE, "");
    }

    public static DatabaseHealth atServer(String url) {
        return new DatabaseHealth(
                url, LASTING_AT_SERVER, "; printers are polled and published, and changes are refused meanwhile");
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
        if (!(cause instanceof DatabaseException next) || !lasting.contains(next.kind())) {
            return;
        }
        DatabaseException before = failure;
        failure = next;
        if (before == null || before.kind() != next.kind()) {
            LOG.error("{}{}", next.getMessage(), consequence);
        }
    }
}
