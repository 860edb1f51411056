package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.persistence.DatabaseException;
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
 * Brings the database to the shape this program knows: numbered SQL files, forward only, each in one transaction together
 * with its number in {@code user_version}. A file that was released is never changed; a new shape is a new file and a line
 * in the list here.
 */
final class Migrations {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> FILES = List.of(
            "V1__printers_and_credentials.sql",
            "V2__jobs_and_settings.sql",
            "V3__announced_topics.sql",
            "V4__alerts.sql",
            "V5__announced_notes.sql",
            "V6__own_commands.sql");

    private final List<String> files;

    private Migrations(List<String> files) {
        this.files = files;
    }

    static Migrations all() {
        return new Migrations(FILES);
    }

    /** As an older program had them. */
    static Migrations upTo(int version) {
        return new Migrations(FILES.subList(0, version));
    }

    /** Applies what is missing. Fails with a {@link DatabaseException} if the database is newer or another program's. */
    Future<Void> apply(Vertx vertx, Database store) {
        return store.read("PRAGMA user_version")
                .map(rows -> rows.get(0).getInteger(0))
                .compose(version -> version == 0 ? refuseForeign(store).map(version) : Future.succeededFuture(version))
                .compose(version -> {
                    if (version > files.size()) {
                        return Future.failedFuture(new DatabaseException(
                                DatabaseException.Kind.NEWER,
                                "database " + store.file() + ": a newer printer2mqtt made it (version " + version
                                        + "), this one knows versions up to " + files.size()));
                    }
                    return from(version, vertx, store);
                });
    }

    private Future<Void> refuseForeign(Database store) {
        return store.read("SELECT name FROM sqlite_master LIMIT 1").compose(rows -> {
            if (rows.isEmpty()) {
                return Future.succeededFuture();
            }
            Row first = rows.get(0);
            return Future.failedFuture(new DatabaseException(
                    DatabaseException.Kind.NOT_OURS,
                    "database " + store.file() + ": it belongs to another program (found " + first.getString(0)
                            + " in it)"));
        });
    }

    private Future<Void> from(int version, Vertx vertx, Database store) {
        if (version >= files.size()) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> statements(files.get(version), version + 1))
                .compose(statements -> store.write(Database.Durability.FULL, statements, LIMIT))
                .compose(done -> from(version + 1, vertx, store));
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
                throw new IllegalStateException("the migration " + file + " is missing in this program");
            }
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the migration " + file + " cannot be read", e);
        }
    }
}
