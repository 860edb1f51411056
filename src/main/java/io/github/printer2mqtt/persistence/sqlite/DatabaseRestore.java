package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.files.OwnerOnlyFile;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a database by another file, in two steps: the file is copied beside the database and checked, then it gets the name of the
 * database. Killed at any moment it leaves the old or the new database, and the next start completes a restore whose file is
 * prepared. Blocks.
 */
public final class DatabaseRestore {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseRestore.class);

    private DatabaseRestore() {}

    /**
     * What was restored.
     *
     * @param replaced where the database that was replaced is now; null if there was none
     */
    public record Restored(RestorableFile file, @Nullable Path replaced) {}

    /**
     * Restores a file while no bridge runs.
     *
     * @param database the configured path
     * @param copies keeps the present database
     * @throws DatabaseException if a bridge runs, the file cannot be restored, or the present database cannot be kept; it
     *     stays as it is then
     */
    public static Restored restore(Path source, String database, SafetyCopies copies) {
        DatabaseFile.Prepared locked = DatabaseFile.lock(database);
        Path file = locked.file();
        try {
            RestorableFile restorable = prepare(source, file);
            return new Restored(restorable, completeNow(file, copies));
        } catch (RuntimeException e) {
            deleteIfEmpty(file);
            throw e;
        } finally {
            locked.lock().release();
        }
    }

    private static @Nullable Path completeNow(Path database, SafetyCopies copies) {
        try {
            return complete(database, copies);
        } catch (RuntimeException e) {
            // The next start would try it again.
            SqliteFiles.deleteQuietly(prepared(real(database)));
            throw e;
        }
    }

    /** The lock needs a file, and a later start must not take an empty one for a database that was lost. */
    private static void deleteIfEmpty(Path database) {
        try {
            if (Files.size(database) == 0) {
                Files.delete(database);
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be deleted", database, e);
        }
    }

    /**
     * Checks a file and lets the next start restore it.
     *
     * @param database its absolute path
     * @throws DatabaseException if the file cannot be restored
     */
    public static RestorableFile prepare(Path source, Path database) {
        return RestorableFile.copy(source, prepared(real(database)));
    }

    /** Whether the next start restores a file. */
    public static boolean isPrepared(Path database) {
        return Files.exists(prepared(real(database)));
    }

    /** Forgets a prepared restore, if there is one. */
    public static void withdraw(Path database) {
        try {
            Files.deleteIfExists(prepared(real(database)));
        } catch (IOException e) {
            throw new DatabaseException(
                    Kind.UNUSABLE_PATH, database, "the prepared restore cannot be deleted: " + e.getMessage(), e);
        }
    }

    /**
     * Completes a prepared restore, if there is one, while the database is locked and closed.
     *
     * @return where the replaced database is kept; null if there is none
     */
    static @Nullable Path complete(Path link, SafetyCopies copies) {
        Path database = real(link);
        Path prepared = prepared(database);
        if (Files.notExists(prepared)) {
            return null;
        }
        try {
            Path kept = keepPresent(database, copies);
            OwnerOnlyFile.replace(prepared, database);
            LOG.info("database {}: restored; what it replaces is kept as {}", database, kept);
            return kept;
        } catch (IOException e) {
            throw new DatabaseException(
                    Kind.UNUSABLE_PATH,
                    database,
                    "it cannot be replaced by " + prepared + " (" + e.getMessage() + "), and nothing was changed",
                    e);
        }
    }

    /** Keeps the present database and leaves no write-ahead log, which SQLite would apply to the restored one. */
    private static @Nullable Path keepPresent(Path database, SafetyCopies copies) throws IOException {
        boolean isEmpty = Files.size(database) == 0;
        boolean hasLog = Files.exists(SqliteFiles.log(database));
        if (isEmpty && !hasLog) {
            return null;
        }
        Path kept = isEmpty ? keepDamaged(database) : keepReadable(database, copies);
        Files.deleteIfExists(SqliteFiles.index(database));
        Files.deleteIfExists(SqliteFiles.log(database));
        return kept;
    }

    private static @Nullable Path keepReadable(Path database, SafetyCopies copies) throws IOException {
        try {
            Path kept = copies.beforeRestore(database);
            emptyLog(database);
            return kept;
        } catch (DatabaseException e) {
            if (e.kind() == Kind.DAMAGED || e.kind() == Kind.NOT_OURS) {
                return keepDamaged(database);
            }
            throw e;
        }
    }

    private static void emptyLog(Path database) {
        try (Connection connection = DatabaseCopy.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw SqliteErrors.exception(database, e);
        }
    }

    /** Byte by byte, with its log: maybe somebody can repair it. */
    private static Path keepDamaged(Path database) throws IOException {
        Path kept = Path.of(database + ".damaged-" + Instant.now().toEpochMilli());
        RestorableFile.copyBytes(database, kept);
        OwnerOnlyFile.force(kept);
        Path log = SqliteFiles.log(database);
        if (Files.exists(log)) {
            RestorableFile.copyBytes(log, SqliteFiles.log(kept));
            OwnerOnlyFile.force(SqliteFiles.log(kept));
        }
        return kept;
    }

    /** The file itself if the path is a link, because SQLite puts its own files beside it. */
    private static Path real(Path database) {
        try {
            return database.toRealPath();
        } catch (IOException e) {
            throw new DatabaseException(Kind.UNUSABLE_PATH, database, "it cannot be found: " + e.getMessage(), e);
        }
    }

    private static Path prepared(Path database) {
        return Path.of(database + ".restore");
    }
}
