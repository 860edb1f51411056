package io.github.printer2mqtt.persistence.sqlite;

import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.SqlScript;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates the database to the newest schema: numbered SQL files, forward only. All missing ones run in one transaction that
 * also sets {@code user_version}, so that an upgrade that fails or is killed leaves the old schema. A released file never
 * changes; a schema change is a new file and a new line in the list below.
 */
final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
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

    /** The newest schema. */
    int newest() {
        return files.size();
    }

    /** Applies the missing migrations. Fails with a {@link DatabaseException} if the database is newer or not ours. */
    Future<Void> apply(Vertx vertx, DatabaseWriter database, SafetyCopies copies) {
        return database.query("PRAGMA user_version")
                .map(rows -> rows.get(0).getInteger(0))
                .compose(version -> {
                    if (version > newest()) {
                        return rejectNewer(version, vertx, database, copies);
                    }
                    if (version == 0) {
                        return rejectForeign(database).compose(empty -> run(version, vertx, database));
                    }
                    return version == newest() ? Future.succeededFuture() : upgrade(version, vertx, database, copies);
                });
    }

    private Future<Void> rejectNewer(int version, Vertx vertx, DatabaseWriter database, SafetyCopies copies) {
        return vertx.executeBlocking(() -> copies.wayBack(database.file(), newest()))
                .compose(way -> Future.failedFuture(new DatabaseException(
                        Kind.NEWER,
                        database.file(),
                        "it was written by a newer printer2mqtt (schema version " + version
                                + ", this one supports up to " + newest() + "); update printer2mqtt, or " + way)));
    }

    private Future<Void> rejectForeign(DatabaseWriter database) {
        return database.query("SELECT name FROM sqlite_master LIMIT 1").compose(rows -> {
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

    private Future<Void> upgrade(int version, Vertx vertx, DatabaseWriter database, SafetyCopies copies) {
        return vertx.executeBlocking(() -> {
                    copies.beforeUpgrade(database.file(), version, newest());
                    return null;
                })
                .compose(copied -> run(version, vertx, database).recover(failure -> undone(version, database, failure)))
                .onSuccess(done -> LOG.info(
                        "database {}: upgraded from schema version {} to {}", database.file(), version, newest()));
    }

    /** Not of the kind {@code DISK_FULL}: only a database with the newest schema can be used on a full disk. */
    private Future<Void> undone(int version, DatabaseWriter database, Throwable failure) {
        return Future.failedFuture(new DatabaseException(
                Kind.FAULT,
                database.file(),
                "the upgrade from schema version " + version + " to " + newest()
                        + " failed and was undone, so the previous printer2mqtt can be started again ("
                        + failure.getMessage() + ")",
                failure));
    }

    private Future<Void> run(int version, Vertx vertx, DatabaseWriter database) {
        return vertx.executeBlocking(() -> statements(version))
                .compose(statements -> database.write(Database.Durability.FULL, statements, LIMIT))
                .mapEmpty();
    }

    private List<Statement> statements(int version) {
        List<Statement> statements = new ArrayList<>();
        for (int next = version; next < newest(); next++) {
            statements.addAll(statements(files.get(next), next + 1));
        }
        return statements;
    }

    private static List<Statement> statements(String file, int version) {
        List<Statement> statements = new ArrayList<>(SqlScript.read(file));
        statements.add(Statement.of("PRAGMA user_version = " + version));
        return statements;
    }
}
