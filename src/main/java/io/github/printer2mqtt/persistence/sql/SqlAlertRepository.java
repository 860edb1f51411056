package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.AlertRepository;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open alerts in SQLite. What waits is at most one entry a printer and code, the newest; {@link #write} takes it to the
 * database, and what that does not take waits for the next call. Belongs to one context.
 */
public final class SqlAlertRepository implements AlertRepository {
    private static final Logger LOG = LoggerFactory.getLogger(SqlAlertRepository.class);
    private static final int BATCH = 500;

    /** Not for a printer that was removed meanwhile: its registration took its alerts along. */
    private static final String KEEP = "INSERT INTO alert (printer, code, severity, message, since, acknowledged)"
            + " SELECT id, ?, ?, ?, ?, ? FROM printer WHERE id = ?"
            + " ON CONFLICT (printer, code) DO UPDATE SET severity = excluded.severity,"
            + " message = excluded.message, since = excluded.since, acknowledged = excluded.acknowledged";

    private static final String END = "DELETE FROM alert WHERE printer = ? AND code = ?";

    private final Database store;
    private final Map<Key, Entry> unwritten = new LinkedHashMap<>();
    private @Nullable Future<Void> writing;
    private boolean failing;

    public SqlAlertRepository(Database store) {
        this.store = store;
    }

    private record Key(PrinterId printer, AlertCode code) {
        static Key of(Alert alert) {
            return new Key(alert.printer(), alert.code());
        }
    }

    /** What shall stand under a key; null for nothing. */
    private record Entry(@Nullable StoredAlert memory) {}

    /** What was open when the bridge stopped. */
    public Future<List<StoredAlert>> load() {
        return store.query("SELECT printer, code, severity, message, since, acknowledged FROM alert", Tuple.tuple())
                .map(SqlAlertRepository::remembered);
    }

    @Override
    public void save(StoredAlert memory) {
        unwritten.put(Key.of(memory.alert()), new Entry(memory));
    }

    @Override
    public void remove(Alert alert) {
        unwritten.put(Key.of(alert), new Entry(null));
    }

    /** Writes down what waits, or goes on with it when what is under way is written; fails if the database does. */
    public Future<Void> write() {
        Future<Void> now = writing;
        if (now != null) {
            return now;
        }
        if (unwritten.isEmpty()) {
            return Future.succeededFuture();
        }
        Map<Key, Entry> batch = new LinkedHashMap<>();
        Iterator<Map.Entry<Key, Entry>> entries = unwritten.entrySet().iterator();
        while (entries.hasNext() && batch.size() < BATCH) {
            Map.Entry<Key, Entry> entry = entries.next();
            batch.put(entry.getKey(), entry.getValue());
            entries.remove();
        }
        Future<Void> begun = store.write(Database.Durability.NORMAL, statements(batch))
                .<Void>mapEmpty()
                .andThen(outcome -> end(batch, outcome.cause()))
                .compose(written -> write());
        writing = begun.isComplete() ? null : begun;
        return begun;
    }

    private void end(Map<Key, Entry> batch, @Nullable Throwable failure) {
        writing = null;
        if (failure == null) {
            failing = false;
            return;
        }
        batch.forEach(unwritten::putIfAbsent);
        if (!failing) {
            LOG.warn("open alerts are not written down, which is tried again: {}", failure.getMessage());
        }
        failing = true;
    }

    private static List<Statement> statements(Map<Key, Entry> batch) {
        List<Tuple> keep = new ArrayList<>();
        List<Tuple> end = new ArrayList<>();
        batch.forEach((key, entry) -> {
            StoredAlert memory = entry.memory();
            if (memory == null) {
                end.add(Tuple.of(key.printer().value(), key.code().wireName()));
            } else {
                Alert alert = memory.alert();
                keep.add(Tuple.of(
                        alert.code().wireName(),
                        alert.severity().wireName(),
                        alert.message(),
                        alert.since().toString(),
                        memory.acknowledged() ? 1 : 0,
                        alert.printer().value()));
            }
        });
        return List.of(Statement.batch(KEEP, keep), Statement.batch(END, end));
    }

    private static List<StoredAlert> remembered(List<Row> rows) {
        List<StoredAlert> memories = new ArrayList<>();
        for (Row row : rows) {
            try {
                Alert alert = new Alert(
                        new PrinterId(row.getString("printer")),
                        Objects.requireNonNull(AlertCode.find(row.getString("code")), "an unknown code"),
                        Alert.Severity.of(row.getString("severity")),
                        row.getString("message"),
                        Instant.parse(row.getString("since")));
                memories.add(new StoredAlert(alert, row.getInteger("acknowledged") != 0));
            } catch (RuntimeException e) {
                // Worth a warning, not worth a bridge that does not start.
                LOG.warn("an alert of printer {} is unreadable and forgotten", row.getString("printer"), e);
            }
        }
        return memories;
    }
}
