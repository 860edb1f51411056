package io.github.printer2mqtt.persistence.sql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Supplier;

/** What the program decides once and keeps. Safe for every thread. */
public final class SettingsRepository {
    private final Database store;

    public SettingsRepository(Database store) {
        this.store = store;
    }

    /** The kept value, or the supplied one, which is kept from now on. */
    public Future<String> getOrCreate(String name, Supplier<String> first) {
        return store.write(
                        Database.Durability.FULL,
                        List.of(
                                Statement.of(
                                        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
                                        Tuple.of(name, first.get())),
                                Statement.of("SELECT value FROM setting WHERE name = ?", Tuple.of(name))))
                .map(outcomes -> outcomes.get(1).rows().get(0).getString(0));
    }
}
