package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports lost data that SQLite would drop silently after an unclean stop: it deletes the write-ahead log of an empty
 * database and ignores a damaged one. Blocks.
 */
final class UncleanStopCheck {
    private static final Logger LOG = LoggerFactory.getLogger(UncleanStopCheck.class);

    private UncleanStopCheck() {}

    /** @throws DatabaseException if opening the database would lose data that is only in its log */
    static void check(Path database) {
        Path log = Path.of(database + "-wal");
        try {
            boolean isLog = Files.exists(log) && Files.size(log) > 0;
            if (isLog && Files.size(database) == 0) {
                throw new DatabaseException(
                        Kind.DAMAGED,
                        database,
                        "the file is missing or empty, but " + log
                                + " contains its data; restore the database, or move that file away to start empty");
            }
            if (isLog && WriteAheadLog.isDamaged(log)) {
                Path copy = Path.of(log + ".damaged");
                Files.copy(log, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                LOG.error(
                        "database {}: its write-ahead log (-wal) is damaged, and the last writes are lost; a copy was saved"
                                + " as {}",
                        database,
                        copy);
            } else if (!Files.exists(log) && Files.exists(Path.of(database + "-shm"))) {
                LOG.error(
                        "database {}: its write-ahead log (-wal) is missing after an unclean stop, and the last writes may"
                                + " be lost",
                        database);
            }
        } catch (IOException e) {
            throw new DatabaseException(Kind.UNUSABLE_PATH, database, "the files beside it cannot be read: " + e, e);
        }
    }
}
