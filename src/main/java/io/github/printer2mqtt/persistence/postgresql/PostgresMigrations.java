package io.github.printer2mqtt.persistence.postgresql;

import io.github.printer2mqtt.persistence.DatabaseException.Kind;
import io.github.printer2mqtt.persistence.sql.SqlScript;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates the database to the newest schema, as for SQLite: all missing files in one transaction, forward only. A version has
 * the same tables and columns in both, so the first one here is the one at which PostgreSQL was added.
 */
record PostgresMigrations(Vertx vertx, PostgresErrors errors, List<Migration> all) {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresMigrations.class);

    /** @param file creates the version from the one before, or from nothing if it is the first */
    record Migration(int version, String file) {}

    static final List<Migration> FILES = List.of(new Migration(5, "V5__schema.sql"));

    /**
     * Applies the missing migrations. Fails with a {@code DatabaseException} if the database is newer or not ours.
     *
     * @param run runs statements as one transaction
     */
    Future<Void> apply(SqlConnection connection, Function<List<Statement>, Future<Void>> run) {
        return requireUnicode(connection)
                .compose(unicode -> version(connection))
                .compose(version -> {
                    if (version == null) {
                        return rejectForeign(connection).compose(empty -> run(0, run));
                    }
                    if (version > newest()) {
                        return Future.failedFuture(errors.exception(
                                Kind.NEWER,
                                "it was written by a newer printer2mqtt (schema version " + version
                                        + ", this one supports up to " + newest()
                                        + "); update printer2mqtt, or restore a dump that this version made",
                                null));
                    }
                    return version == newest() ? Future.succeededFuture() : upgrade(version, run);
                });
    }

    private int newest() {
        return all.get(all.size() - 1).version();
    }

    private Future<Void> requireUnicode(SqlConnection connection) {
        return text(connection, "SHOW server_encoding")
                .compose(encoding -> "UTF8".equals(encoding)
                        ? Future.succeededFuture()
                        : Future.failedFuture(errors.exception(
                                Kind.REJECTED,
                                "its encoding is " + encoding
                                        + ", expected UTF8; create it with: ENCODING 'UTF8' TEMPLATE template0",
                                null)));
    }

    /** Null for a database without our tables. */
    static Future<@Nullable Integer> version(SqlConnection connection) {
        return text(connection, "SELECT to_regclass('printer2mqtt_schema')::text")
                .compose(table -> table == null
                        ? Future.succeededFuture()
                        : connection
                                .query("SELECT version FROM printer2mqtt_schema")
                                .execute()
                                .map(rows -> rows.iterator().next().getInteger(0)));
    }

    private Future<Void> rejectForeign(SqlConnection connection) {
        return text(
                        connection,
                        "SELECT MIN(table_name::text) FROM information_schema.tables"
                                + " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
                                + " AND table_name NOT IN ('"
                                + String.join("', '", PostgresLeaseStore.TABLES) + "')")
                .compose(table -> table == null
                        ? Future.succeededFuture()
                        : Future.failedFuture(errors.exception(
                                Kind.NOT_OURS,
                                "it belongs to another program (found the table " + table
                                        + " in it); create one for the bridge alone",
                                null)));
    }

    private static Future<@Nullable String> text(SqlConnection connection, String sql) {
        return connection.query(sql).execute().map(rows -> {
            Row row = rows.iterator().next();
            return row.getString(0);
        });
    }

    private Future<Void> upgrade(int version, Function<List<Statement>, Future<Void>> run) {
        return run(version, run)
                .onSuccess(done -> LOG.info(
                        "database {}: upgraded from schema version {} to {}",
                        errors.server().url(),
                        version,
                        newest()));
    }

    private Future<Void> run(int version, Function<List<Statement>, Future<Void>> run) {
        return vertx.executeBlocking(() -> statements(version)).compose(run);
    }

    private List<Statement> statements(int version) {
        List<Statement> statements = new ArrayList<>();
        for (Migration next : all) {
            if (next.version() > version) {
                statements.addAll(SqlScript.read("postgresql/" + next.file()));
            }
        }
        statements.add(Statement.of("DELETE FROM printer2mqtt_schema"));
        statements.add(Statement.of("INSERT INTO printer2mqtt_schema (version) VALUES ($1)", Tuple.of(newest())));
        return statements;
    }
}
