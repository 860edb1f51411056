package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.persistence.RetainedTopicRepository;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.stream.Collectors;

/** Retained topics in SQL, saved in the background. Thread-safe. */
public final class SqlRetainedTopicRepository implements RetainedTopicRepository {
    private static final WriteBehindQueue.Table<String, String> TABLE = new WriteBehindQueue.Table<>(
            "retained topics",
            "INSERT INTO retained_topic (topic, note) VALUES (?, ?)"
                    + " ON CONFLICT (topic) DO UPDATE SET note = excluded.note",
            Tuple::of,
            "DELETE FROM retained_topic WHERE topic = ?",
            Tuple::of);

    private final Database database;
    private final WriteBehindQueue<String, String> queue;

    public SqlRetainedTopicRepository(Vertx vertx, Database database) {
        this.database = database;
        this.queue = new WriteBehindQueue<>(vertx, database, TABLE);
    }

    @Override
    public Future<Map<String, String>> load() {
        return database.query("SELECT topic, note FROM retained_topic", Tuple.tuple())
                .map(rows -> rows.stream()
                        .collect(Collectors.toUnmodifiableMap(row -> row.getString(0), row -> row.getString(1))));
    }

    @Override
    public void save(String topic, String note) {
        queue.save(topic, note);
    }

    @Override
    public void remove(String topic) {
        queue.delete(topic);
    }
}
