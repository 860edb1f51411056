package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.persistence.encryption.EncryptionKey;
import io.github.printer2mqtt.persistence.encryption.FieldCipher;
import io.github.printer2mqtt.persistence.sqlite.SqliteDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A new database in a folder of its own, with its Vert.x. */
public final class TestDatabase implements DatabaseFixture {
    private final Path folder;
    private final Vertx vertx;
    private SqliteDatabase database;

    public TestDatabase() {
        this(new VertxOptions());
    }

    public TestDatabase(VertxOptions options) {
        try {
            folder = Files.createTempDirectory("database-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        vertx = Vertx.vertx(options);
        database = open();
    }

    private SqliteDatabase open() {
        return Await.done(SqliteDatabase.open(vertx, folder.resolve("bridge.db").toString()));
    }

    @Override
    public Vertx vertx() {
        return vertx;
    }

    @Override
    public SqliteDatabase database() {
        return database;
    }

    @Override
    public SqliteDatabase reopen() {
        Await.done(database.close());
        database = open();
        return database;
    }

    @Override
    public String readOnlySql() {
        return "PRAGMA query_only = ON";
    }

    /** A cipher for the credentials, the same one for all test databases. */
    public static FieldCipher cipher() {
        return new FieldCipher(Objects.requireNonNull(EncryptionKey.parse("0f".repeat(32))));
    }

    public Path file() {
        return folder.resolve("bridge.db");
    }

    @Override
    public void close() {
        Await.done(database.close());
        Await.done(vertx.close());
        TemporaryFolder.delete(folder);
    }
}
