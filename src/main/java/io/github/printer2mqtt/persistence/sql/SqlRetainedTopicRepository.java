package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.persistence.RetainedTopicRepository;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announced topics in the database. Writes are gathered, the newest for each topic, while one is under way: bounded by the
 * number of topics, and a database that fails loses nothing while the process lives. Belongs to one context.
 */
public final class SqlRetainedTopicRepository implements RetainedTopicRepository {
    private static final Logger LOG = LoggerFactory.getLogger(SqlRetainedTopicRepository.class);
    private static final String ADD = "INSERT INTO announced_topic (topic, note) VALUES (?, ?)"
            + " ON CONFLICT (topic) DO UPDATE SET note = excluded.note";
    private static final String REMOVE = "DELETE FROM announced_topic WHERE topic = ?";

    /** @param note null if the topic was cleared */
    private record Fate(@Nullable String note) {}

    private final Database store;
    private Map<String, Fate> waiting = new LinkedHashMap<>();
    private boolean writing;
    private boolean failing;

    public SqlRetainedTopicRepository(Database store) {
        this.store = store;
    }

    @Override
    public Future<Map<String, String>> load() {
        return store.query("SELECT topic, note FROM announced_topic", Tuple.tuple())
                .map(rows -> rows.stream()
                        .collect(Collectors.toUnmodifiableMap(row -> row.getString(0), row -> row.getString(1))));
    }

    @Override
    public void save(String topic, String note) {
        waiting.put(topic, new Fate(note));
        write();
    }

    @Override
    public void remove(String topic) {
        waiting.put(topic, new Fate(null));
        write();
    }

    private void write() {
        if (writing || waiting.isEmpty()) {
            return;
        }
        writing = true;
        Map<String, Fate> batch = waiting;
        waiting = new LinkedHashMap<>();
        List<Tuple> added = new ArrayList<>();
        List<Tuple> removed = new ArrayList<>();
        batch.forEach((topic, fate) -> {
            if (fate.note() == null) {
                removed.add(Tuple.of(topic));
            } else {
                added.add(Tuple.of(topic, fate.note()));
            }
        });
        store.write(Database.Durability.NORMAL, List.of(Statement.batch(ADD, added), Statement.batch(REMOVE, removed)))
                .onComplete(done -> {
                    writing = false;
                    if (done.succeeded()) {
                        failing = false;
                        write();
                    } else {
                        keep(batch, done.cause());
                    }
                });
    }

    /** What could not be written is written with the next topic, unless something newer is known of it. */
    private void keep(Map<String, Fate> batch, Throwable cause) {
        batch.putAll(waiting);
        waiting = batch;
        if (!failing) {
            failing = true;
            LOG.warn("announced topics cannot be written down now: {}", cause.toString());
        }
    }
}
