package io.github.printer2mqtt.persistence.sql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Supplier;

/** Values that the bridge generates once and keeps. Thread-safe. */
public final class SettingsRepository {
    private final Database database;

    public SettingsRepository(Database database) {
        this.database = database;
    }

    /** Returns the stored value; if there is none, stores and returns the supplied one. */
    public Future<String> getOrCreate(String name, Supplier<String> initial) {
        return database.write(
                        Database.Durability.FULL,
                        List.of(
                                Statement.of(
                                        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
                                        Tuple.of(name, initial.get())),
                                Statement.of("SELECT value FROM setting WHERE name = ?", Tuple.of(name))))
                .map(results -> results.get(1).rows().get(0).getString(0));
    }
}
