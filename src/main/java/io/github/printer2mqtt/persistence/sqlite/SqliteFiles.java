package io.github.printer2mqtt.persistence.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of the files that SQLite keeps beside a database. */
final class SqliteFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteFiles.class);

    private SqliteFiles() {}

    /** The write-ahead log. */
    static Path log(Path database) {
        return Path.of(database + "-wal");
    }

    /** The index of the write-ahead log, which can be lost. */
    static Path index(Path database) {
        return Path.of(database + "-shm");
    }

    /** The database and what may be beside it. */
    static List<Path> all(Path database) {
        return List.of(index(database), log(database), Path.of(database + "-journal"), database);
    }

    /** Deletes what is left of a copy. */
    static void deleteQuietly(Path database) {
        for (Path file : all(database)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.debug("{} cannot be deleted", file, e);
            }
        }
    }
}
