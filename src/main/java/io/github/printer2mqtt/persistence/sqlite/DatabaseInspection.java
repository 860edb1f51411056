package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.persistence.sql.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * Reads a database file without its lock, its key and a migration, and changes nothing: for a bridge that does not start, whatever
 * the reason.
 *
 * @param facts about the file
 * @param printers the rows of the registered printers, which have no credentials
 */
public record DatabaseInspection(Database.Facts facts, List<Map<String, @Nullable Object>> printers) {
    private static final int BUSY_MILLIS = 2_000;
    private static final int LIMIT_SECONDS = 30;

    public DatabaseInspection {
        printers = List.copyOf(printers);
    }

    /** Blocks for half a minute at most for each question. Fails with the message of SQLite if it is no database. */
    public static DatabaseInspection of(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + url(file), config.toProperties());
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(LIMIT_SECONDS);
            long pageSize = number(statement, "page_size");
            Database.Facts facts = new Database.Facts(
                    number(statement, "user_version"),
                    pageSize * number(statement, "page_count"),
                    pageSize * number(statement, "freelist_count"),
                    text(statement, "quick_check(5)"));
            return new DatabaseInspection(facts, rows(statement));
        }
    }

    /** Without a write-ahead log nobody writes; saying so keeps SQLite from creating files beside the database. */
    private static String url(Path file) {
        String uri = file.toAbsolutePath().toUri().toString().replaceFirst("^file:/+", "file:///");
        return Files.exists(Path.of(file + "-wal")) ? uri + "?mode=ro" : uri + "?immutable=1";
    }

    private static long number(Statement statement, String pragma) throws SQLException {
        return Long.parseLong(text(statement, pragma));
    }

    private static String text(Statement statement, String pragma) throws SQLException {
        StringJoiner text = new StringJoiner("; ");
        try (ResultSet rows = statement.executeQuery("PRAGMA " + pragma)) {
            while (rows.next()) {
                text.add(rows.getString(1));
            }
        }
        return text.toString();
    }

    private static List<Map<String, @Nullable Object>> rows(Statement statement) throws SQLException {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT * FROM printer ORDER BY id")) {
            while (rows.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.put(rows.getMetaData().getColumnName(column), rows.getObject(column));
                }
                all.add(row);
            }
        }
        return all;
    }
}
