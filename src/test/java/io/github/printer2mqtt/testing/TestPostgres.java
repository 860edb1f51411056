package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.persistence.postgresql.PostgresDatabase;
import io.github.printer2mqtt.persistence.sql.Database;
import io.vertx.core.Vertx;

/** A new database at the shared PostgreSQL server, with its Vert.x. */
public final class TestPostgres implements DatabaseFixture {
    private final DatabaseConfig.Server server = PostgresServer.shared().newDatabase();
    private final Vertx vertx = Vertx.vertx();
    private Database database = open();

    private Database open() {
        return Await.done(PostgresDatabase.open(vertx, server));
    }

    public DatabaseConfig.Server server() {
        return server;
    }

    @Override
    public Vertx vertx() {
        return vertx;
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Database reopen() {
        Await.done(database.close());
        database = open();
        return database;
    }

    @Override
    public String readOnlySql() {
        return "SET default_transaction_read_only = on";
    }

    @Override
    public void close() {
        Await.done(database.close());
        Await.done(vertx.close());
    }
}
