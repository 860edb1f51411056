package io.github.printer2mqtt.mqtt;

import io.github.printer2mqtt.store.Durability;
import io.github.printer2mqtt.store.Statement;
import io.github.printer2mqtt.store.Store;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announced topics in the database. Writes are gathered, the newest for each topic, while one is under way: bounded by the
 * number of topics, and a database that fails loses nothing while the process lives. Belongs to one context.
 */
public final class SqliteAnnouncedTopics implements AnnouncedTopics {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteAnnouncedTopics.class);
    private static final String ADD = "INSERT OR IGNORE INTO announced_topic (topic) VALUES (?)";
    private static final String REMOVE = "DELETE FROM announced_topic WHERE topic = ?";

    private enum Fate {
        ANNOUNCED,
        CLEARED
    }

    private final Store store;
    private Map<String, Fate> waiting = new LinkedHashMap<>();
    private boolean writing;
    private boolean failing;

    public SqliteAnnouncedTopics(Store store) {
        this.store = store;
    }

    @Override
    public Future<Set<String>> load() {
        return store.query("SELECT topic FROM announced_topic", Tuple.tuple())
                .map(rows -> rows.stream().map(row -> row.getString(0)).collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public void onAnnounced(String topic) {
        waiting.put(topic, Fate.ANNOUNCED);
        write();
    }

    @Override
    public void onCleared(String topic) {
        waiting.put(topic, Fate.CLEARED);
        write();
    }

    private void write() {
        if (writing || waiting.isEmpty()) {
            return;
        }
        writing = true;
        Map<String, Fate> batch = waiting;
        waiting = new LinkedHashMap<>();
        List<Statement> statements = List.of(
                Statement.batch(ADD, rows(batch, Fate.ANNOUNCED)), Statement.batch(REMOVE, rows(batch, Fate.CLEARED)));
        store.write(Durability.NORMAL, statements).onComplete(done -> {
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

    private static List<Tuple> rows(Map<String, Fate> batch, Fate fate) {
        List<Tuple> rows = new ArrayList<>();
        batch.forEach((topic, what) -> {
            if (what == fate) {
                rows.add(Tuple.of(topic));
            }
        });
        return rows;
    }
}
