package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.files.OwnerOnlyFile;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/**
 * Copies a database into one file, also while a bridge writes it: the copy has everything that was acknowledged before and
 * nothing of deleted values. Blocks, on a connection of its own.
 */
public final class DatabaseCopy {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCopy.class);
    private static final int BUSY_MILLIS = 10_000;

    /** At the end of the name of a copy that is not complete. */
    public static final String INCOMPLETE = ".part";

    private DatabaseCopy() {}

    /**
     * Writes a copy, which appears under its name when it is complete and on the disk.
     *
     * @param target in an existing folder; a file of that name is replaced
     * @throws DatabaseException if the database cannot be read or the copy cannot be written; nothing is left of it then
     */
    public static void write(Path source, Path target) {
        Path incomplete = Path.of(target + INCOMPLETE);
        try {
            // SQLite writes into an empty file, which has the right mode already.
            OwnerOnlyFile.create(incomplete).close();
        } catch (IOException e) {
            throw unwritable(target, e);
        }
        try {
            vacuum(source, incomplete, target);
            OwnerOnlyFile.force(incomplete);
            OwnerOnlyFile.replace(incomplete, target);
        } catch (IOException e) {
            throw unwritable(target, e);
        } finally {
            delete(incomplete);
            delete(Path.of(incomplete + "-journal"));
        }
    }

    private static void vacuum(Path source, Path incomplete, Path target) throws IOException {
        try (Connection connection = connect(source);
                PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            FreeSpace.require(target, usedBytes(connection));
            copy.setString(1, incomplete.toString());
            copy.execute();
        } catch (SQLException e) {
            throw SqliteErrors.exception(isOfTarget(e) ? target : source, e);
        }
    }

    private static long usedBytes(Connection connection) throws SQLException {
        return (number(connection, "page_count") - number(connection, "freelist_count"))
                * number(connection, "page_size");
    }

    private static long number(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Not a database that the driver would create. */
    static Connection connect(Path database) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return config.createConnection("jdbc:sqlite:" + database);
    }

    private static boolean isOfTarget(SQLException failure) {
        SQLiteErrorCode code = failure instanceof SQLiteException sqlite ? sqlite.getResultCode() : null;
        return code == SQLiteErrorCode.SQLITE_FULL
                || code == SQLiteErrorCode.SQLITE_READONLY
                || code == SQLiteErrorCode.SQLITE_IOERR_WRITE;
    }

    private static DatabaseException unwritable(Path target, IOException cause) {
        String reason = cause instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason()
                : cause.getClass().getSimpleName().replace("Exception", "");
        return new DatabaseException(Kind.UNUSABLE_PATH, target, "it cannot be written: " + reason, cause);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} cannot be deleted", file, e);
        }
    }
}
