package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Migrates the database to the newest schema: numbered SQL files, forward only, each in one transaction that also sets
 * {@code user_version}. A released file never changes; a schema change is a new file and a new line in the list below.
 */
final class Migrations {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> FILES =
            List.of("V1__schema.sql", "V2__plate.sql", "V3__maintenance.sql", "V4__access.sql", "V5__history.sql");

    private final List<String> files;

    Migrations(List<String> files) {
        this.files = files;
    }

    static Migrations all() {
        return new Migrations(FILES);
    }

    /** Applies the missing migrations. Fails with a {@link DatabaseException} if the database is newer or not ours. */
    Future<Void> apply(Vertx vertx, SqliteDatabase database) {
        return database.queryOnWriter("PRAGMA user_version")
                .map(rows -> rows.get(0).getInteger(0))
                .compose(version ->
                        version == 0 ? rejectForeign(database).map(version) : Future.succeededFuture(version))
                .compose(version -> {
                    if (version > files.size()) {
                        return Future.failedFuture(new DatabaseException(
                                Kind.NEWER,
                                database.file(),
                                "it was written by a newer printer2mqtt (schema version " + version
                                        + ", this one supports up to " + files.size() + "); update printer2mqtt"));
                    }
                    return from(version, vertx, database);
                });
    }

    private Future<Void> rejectForeign(SqliteDatabase database) {
        return database.queryOnWriter("SELECT name FROM sqlite_master LIMIT 1").compose(rows -> {
            if (rows.isEmpty()) {
                return Future.succeededFuture();
            }
            Row first = rows.get(0);
            return Future.failedFuture(new DatabaseException(
                    Kind.NOT_OURS,
                    database.file(),
                    "it belongs to another program (found " + first.getString(0) + " in it)"));
        });
    }

    private Future<Void> from(int version, Vertx vertx, SqliteDatabase database) {
        if (version >= files.size()) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> statements(files.get(version), version + 1))
                .compose(statements -> database.write(Database.Durability.FULL, statements, LIMIT))
                .compose(done -> from(version + 1, vertx, database));
    }

    private static List<Statement> statements(String file, int version) {
        List<Statement> statements = new ArrayList<>();
        String withoutComments = text(file).replaceAll("--[^\\n]*", "");
        for (String sql : withoutComments.split(";", -1)) {
            if (!sql.isBlank()) {
                statements.add(Statement.of(sql.strip()));
            }
        }
        statements.add(Statement.of("PRAGMA user_version = " + version));
        return statements;
    }

    private static String text(String file) {
        try (InputStream sql = Migrations.class.getResourceAsStream("/db/" + file)) {
            if (sql == null) {
                throw new IllegalStateException("the migration " + file + " is missing from the jar");
            }
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the migration " + file + " cannot be read", e);
        }
    }
}
