package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.files.OwnerOnlyFile;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that was found to be a database of this bridge and can replace the present one.
 *
 * @param schemaVersion at most that of this program; an older one is upgraded at the next start
 * @param keyId the id of the key of its credentials; null if they are not encrypted
 */
public record RestorableFile(int schemaVersion, @Nullable String keyId) {
    /** Tables of every schema version. */
    private static final List<String> TABLES = List.of("credentials", "printer", "setting");

    /**
     * Copies a file, with its write-ahead log if there is one, and checks the copy.
     *
     * @param source left as it is
     * @param target where the copy is on the disk afterwards, as one file
     * @throws DatabaseException if the file is damaged, of a newer version, of another program or unreadable; there is no copy
     *     then
     */
    static RestorableFile copy(Path source, Path target) {
        if (!Files.isRegularFile(source)) {
            throw new DatabaseException(Kind.UNUSABLE_PATH, "found no file " + source);
        }
        Path incomplete = Path.of(target + DatabaseCopy.INCOMPLETE);
        try {
            deleteAll(incomplete);
            FreeSpace.require(target, Files.size(source) + logSize(source));
            copyBytes(source, incomplete);
            if (logSize(source) > 0) {
                copyBytes(SqliteFiles.log(source), SqliteFiles.log(incomplete));
            }
            RestorableFile checked = check(source, incomplete);
            OwnerOnlyFile.force(incomplete);
            OwnerOnlyFile.replace(incomplete, target);
            return checked;
        } catch (IOException e) {
            throw new DatabaseException(
                    Kind.UNUSABLE_PATH, source, "it cannot be copied to " + target + ": " + e.getMessage(), e);
        } finally {
            SqliteFiles.deleteQuietly(incomplete);
        }
    }

    private static RestorableFile check(Path source, Path copy) throws IOException {
        if (!SqliteHeader.of(copy).isSqlite()) {
            throw new DatabaseException(Kind.NOT_OURS, source, "the file is not a SQLite database");
        }
        try (Connection connection = DatabaseCopy.connect(copy);
                Statement statement = connection.createStatement()) {
            String finding = text(statement, "PRAGMA integrity_check(1)");
            if (!"ok".equals(finding)) {
                throw damaged(source, String.valueOf(finding), null);
            }
            int version = Integer.parseInt(String.valueOf(text(statement, "PRAGMA user_version")));
            expectOurs(source, version, statement);
            String keyId = text(statement, "SELECT value FROM setting WHERE name = 'credentials.key_id'");
            // Moves the write-ahead log into the file.
            text(statement, "PRAGMA journal_mode = DELETE");
            return new RestorableFile(version, keyId);
        } catch (SQLException e) {
            DatabaseException failure = SqliteErrors.exception(copy, e);
            boolean isContent = failure.kind() == Kind.DAMAGED || failure.kind() == Kind.NOT_OURS;
            throw isContent ? damaged(source, String.valueOf(e.getMessage()), e) : failure;
        }
    }

    private static void expectOurs(Path source, int version, Statement statement) throws SQLException {
        int newest = Migrations.all().newest();
        if (version > newest) {
            throw new DatabaseException(
                    Kind.NEWER,
                    source,
                    "it was written by a newer printer2mqtt (schema version " + version + ", this one supports up to "
                            + newest + "); update printer2mqtt first");
        }
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                "SELECT name FROM sqlite_master WHERE name IN ('credentials', 'printer', 'setting') ORDER BY name")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        if (version == 0 || !tables.equals(TABLES)) {
            throw new DatabaseException(Kind.NOT_OURS, source, "it is not a database of printer2mqtt");
        }
    }

    private static @Nullable String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static DatabaseException damaged(Path source, String finding, @Nullable SQLException cause) {
        return new DatabaseException(
                Kind.DAMAGED, source, "the file is damaged (" + finding.replaceAll("\\s+", " ") + ")", cause);
    }

    static void copyBytes(Path from, Path to) throws IOException {
        try (OutputStream out = Channels.newOutputStream(OwnerOnlyFile.create(to))) {
            Files.copy(from, out);
        }
    }

    private static long logSize(Path source) throws IOException {
        Path log = SqliteFiles.log(source);
        return Files.exists(log) ? Files.size(log) : 0;
    }

    private static void deleteAll(Path incomplete) throws IOException {
        for (Path file : SqliteFiles.all(incomplete)) {
            Files.deleteIfExists(file);
        }
    }
}
