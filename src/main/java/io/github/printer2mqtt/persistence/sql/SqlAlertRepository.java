package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.AlertRepository;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Open alerts in SQL, saved in the background. Thread-safe. */
public final class SqlAlertRepository implements AlertRepository {
    private static final Logger LOG = LoggerFactory.getLogger(SqlAlertRepository.class);

    /** Selects from {@code printer} so that a late write does not bring back a removed printer's alerts. */
    private static final WriteBehindQueue.Table<Key, StoredAlert> TABLE = new WriteBehindQueue.Table<>(
            "open alerts",
            "INSERT INTO alert (printer, code, severity, message, since, acknowledged)"
                    + " SELECT id, ?, ?, ?, ?, ? FROM printer WHERE id = ?"
                    + " ON CONFLICT (printer, code) DO UPDATE SET severity = excluded.severity,"
                    + " message = excluded.message, since = excluded.since, acknowledged = excluded.acknowledged",
            (key, stored) -> Tuple.of(
                    key.code().wireName(),
                    stored.alert().severity().wireName(),
                    stored.alert().message(),
                    stored.alert().since().toString(),
                    stored.acknowledged() ? 1 : 0,
                    key.printer().value()),
            "DELETE FROM alert WHERE printer = ? AND code = ?",
            key -> Tuple.of(key.printer().value(), key.code().wireName()));

    private final Database database;
    private final WriteBehindQueue<Key, StoredAlert> queue;

    public SqlAlertRepository(Vertx vertx, Database database) {
        this.database = database;
        this.queue = new WriteBehindQueue<>(vertx, database, TABLE);
    }

    private record Key(PrinterId printer, AlertCode code) {
        static Key of(Alert alert) {
            return new Key(alert.printer(), alert.code());
        }
    }

    @Override
    public Future<List<StoredAlert>> load() {
        return database.query("SELECT printer, code, severity, message, since, acknowledged FROM alert", Tuple.tuple())
                .map(SqlAlertRepository::alerts);
    }

    @Override
    public void save(StoredAlert alert) {
        queue.save(Key.of(alert.alert()), alert);
    }

    @Override
    public void remove(Alert alert) {
        queue.delete(Key.of(alert));
    }

    @Override
    public Future<Void> flush() {
        return queue.flush();
    }

    private static List<StoredAlert> alerts(List<Row> rows) {
        List<StoredAlert> alerts = new ArrayList<>();
        for (Row row : rows) {
            try {
                Alert alert = new Alert(
                        new PrinterId(row.getString("printer")),
                        Objects.requireNonNull(
                                WireConstant.find(AlertCode.class, row.getString("code")), "unknown code"),
                        Alert.Severity.of(row.getString("severity")),
                        row.getString("message"),
                        Instant.parse(row.getString("since")));
                alerts.add(new StoredAlert(alert, row.getInteger("acknowledged") != 0));
            } catch (RuntimeException e) {
                // An unreadable alert must not keep the bridge from starting.
                LOG.warn("a stored alert of printer {} is unreadable and was ignored", row.getString("printer"), e);
            }
        }
        return alerts;
    }
}
