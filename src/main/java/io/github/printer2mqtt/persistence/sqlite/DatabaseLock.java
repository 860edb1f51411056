package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reserves a database for one process by locking a file beside it, which the system unlocks when the process ends. The
 * database itself is not locked, because closing any handle to it would drop SQLite's own locks. Blocks.
 */
final class DatabaseLock {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseLock.class);

    private final FileChannel channel;

    private DatabaseLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks an existing database.
     *
     * @throws DatabaseException of kind {@code IN_USE} if another process, or another bridge in this one, uses it
     */
    static DatabaseLock acquire(Path database) throws IOException {
        Path file = Path.of(database.toRealPath() + ".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel, database)) {
            return new DatabaseLock(channel);
        }
        channel.close();
        throw new DatabaseException(
                Kind.IN_USE,
                database,
                "another printer2mqtt uses it; stop that one, or set database.path (PRINTER2MQTT_DATABASE_PATH) to"
                        + " another file");
    }

    private static boolean tryLock(FileChannel channel, Path database) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by another bridge in this process
        } catch (IOException e) {
            LOG.warn(
                    "database {}: its file system does not support locks ({}); make sure that no second bridge uses it",
                    database,
                    e.getMessage());
            return true;
        }
    }

    void release() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("the lock file of the database could not be closed: {}", e.toString());
        }
    }
}
