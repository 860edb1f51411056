package io.github.printer2mqtt.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A database file with printers and everything else as the bridge of an older schema version wrote it. */
public final class ReleasedDatabase {
    /** The newest schema version with a file in {@code db/released}. */
    public static final int NEWEST = 5;

    private ReleasedDatabase() {}

    public static Path create(Path file, int version) {
        try (InputStream sql = Objects.requireNonNull(
                        ReleasedDatabase.class.getResourceAsStream("/db/released/v" + version + ".sql"));
                Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            for (String one : new String(sql.readAllBytes(), StandardCharsets.UTF_8).split(";\n", -1)) {
                if (!one.isBlank()) {
                    statement.execute(one);
                }
            }
            return file;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("v" + version + ".sql", e);
        }
    }

    /** The rows of each table as text, to be compared; columns that are null are left out. */
    public static Map<String, List<String>> content(Path file) {
        try (Connection connection = connect(file)) {
            Map<String, List<String>> content = new TreeMap<>();
            for (String table : rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table'")) {
                String name = table.substring(table.indexOf('=') + 1);
                content.put(name, rows(connection, "SELECT * FROM " + name + " ORDER BY 1, 2"));
            }
            content.put("user_version", rows(connection, "PRAGMA user_version"));
            content.put("damage", rows(connection, "PRAGMA integrity_check"));
            return content;
        } catch (SQLException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    public static int version(Path file) {
        String row = Objects.requireNonNull(content(file).get("user_version")).get(0);
        return Integer.parseInt(row.substring(row.indexOf('=') + 1));
    }

    /** Runs one statement. */
    public static void execute(Path file, String sql) {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** What is done with the files of an open database. */
    public interface FileWork {
        void run() throws IOException;
    }

    /** Runs one statement, and does something before the database is closed. */
    public static void withOpen(Path file, String sql, FileWork work) {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            work.run();
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    String value = result.getString(column);
                    if (value != null) {
                        row.add(result.getMetaData().getColumnName(column) + "=" + value);
                    }
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }
}
