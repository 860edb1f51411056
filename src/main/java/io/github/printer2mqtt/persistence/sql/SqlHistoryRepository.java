package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.HistoryRepository;
import io.prometheus.metrics.core.metrics.Counter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Writes changes of state in the background, and counts what was lost of the history. Thread-safe. */
public final class SqlHistoryRepository implements HistoryRepository {
    private static final int MAX_STATES = 20_000;

    /** A state that is not stored yet can be lost, so waiting for others costs little and spares the disk. */
    private static final Duration STATES_DELAY = Duration.ofSeconds(10);

    private static final WriteBehindQueue.Table<Long, StateChange> STATES = WriteBehindQueue.Table.appendOnly(
            "changes of state",
            "INSERT INTO state_history (printer, name, printer_group, at, from_state, to_state, reason)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)",
            SqlHistoryRepository::values);

    private final WriteBehindQueue<Long, StateChange> states;
    private final AtomicLong keys = new AtomicLong();
    private final Counter dropped;

    public SqlHistoryRepository(Vertx vertx, Database database, MetricsRegistry metricsRegistry) {
        this.states = new WriteBehindQueue<>(
                vertx, database, STATES, new WriteBehindQueue.Limits(MAX_STATES, STATES_DELAY, WriteBehindQueue.BATCH));
        this.dropped = Counter.builder()
                .name("printer2mqtt_history_dropped_total")
                .help("Entries of the history lost because the database accepted nothing for too long, by kind.")
                .labelNames("kind")
                .register(metricsRegistry.prometheus());
        dropped.labelValues("jobs");
        dropped.labelValues("states");
    }

    /** Writes everything that waits; fails with a {@link DatabaseException} if the database does not accept it. */
    public Future<Void> flush() {
        return states.flush();
    }

    /** Counts prints that ended and were lost before they were stored. */
    public void onPrintsDropped(int number) {
        dropped.labelValues("jobs").inc(number);
    }

    @Override
    public void add(StateChange change) {
        if (!states.save(keys.incrementAndGet(), change)) {
            dropped.labelValues("states").inc();
        }
    }

    private static Tuple values(StateChange change) {
        return Tuple.from(new Object[] {
            change.printer().value(),
            change.name(),
            change.group(),
            change.at().toEpochMilli(),
            change.from().wireName(),
            change.to().wireName(),
            change.reason() == null ? null : change.reason().wireName()
        });
    }
}
