package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.persistence.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what an unclean stop left beside a database, before SQLite does: it deletes the log of an empty database and
 * ignores a damaged one, both without a word. Blocks.
 */
final class UncleanStopCheck {
    private static final Logger LOG = LoggerFactory.getLogger(UncleanStopCheck.class);

    private UncleanStopCheck() {}

    /** @throws DatabaseException if opening the database would lose what stands in its log only */
    static void check(Path database) {
        Path log = Path.of(database + "-wal");
        try {
            boolean isLog = Files.exists(log) && Files.size(log) > 0;
            if (isLog && Files.size(database) == 0) {
                throw new DatabaseException(
                        DatabaseException.Kind.DAMAGED,
                        "database " + database + ": the file is missing or empty, but " + log
                                + " has data of it; restore the database, or move that file away to begin anew");
            }
            if (isLog && WriteAheadLog.isDamaged(log)) {
                Path kept = Path.of(log + ".damaged");
                Files.copy(log, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                LOG.error(
                        "database {}: its write-ahead log (-wal) is damaged, and what was stored last is lost; a copy of"
                                + " it is {}",
                        database,
                        kept);
            } else if (!Files.exists(log) && Files.exists(Path.of(database + "-shm"))) {
                LOG.error(
                        "database {}: its write-ahead log (-wal) is missing after an unclean stop, and what was stored"
                                + " last may be lost",
                        database);
            }
        } catch (IOException e) {
            throw new DatabaseException(
                    DatabaseException.Kind.UNUSABLE_PATH,
                    "database " + database + ": the files beside it cannot be read: " + e,
                    e);
        }
    }
}
