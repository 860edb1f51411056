package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Status.Plate;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.PlateRepository;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plates in SQL, saved in the background. Thread-safe. */
public final class SqlPlateRepository implements PlateRepository {
    private static final Logger LOG = LoggerFactory.getLogger(SqlPlateRepository.class);

    /** Selects from {@code printer} so that a late write does not bring back a removed printer's plate. */
    private static final WriteBehindQueue.Table<PrinterId, StoredPlate> TABLE = new WriteBehindQueue.Table<>(
            "plates",
            "INSERT INTO plate (printer, state, since, has_material, print, occupied_at, cooling_since)"
                    + " SELECT id, ?, ?, ?, ?, ?, ? FROM printer WHERE id = ?"
                    + " ON CONFLICT (printer) DO UPDATE SET state = excluded.state, since = excluded.since,"
                    + " has_material = excluded.has_material, print = excluded.print,"
                    + " occupied_at = excluded.occupied_at, cooling_since = excluded.cooling_since",
            (printer, stored) -> Tuple.of(
                    stored.plate().state().wireName(),
                    stored.plate().since().toString(),
                    stored.hasMaterial() ? 1 : 0,
                    JobJson.encode(stored.print()),
                    text(stored.occupiedAt()),
                    text(stored.coolingSince()),
                    printer.value()),
            "DELETE FROM plate WHERE printer = ?",
            printer -> Tuple.of(printer.value()));

    private final Database database;
    private final WriteBehindQueue<PrinterId, StoredPlate> queue;

    public SqlPlateRepository(Vertx vertx, Database database) {
        this.database = database;
        this.queue = new WriteBehindQueue<>(vertx, database, TABLE);
    }

    /** The plates saved before this start. */
    public Future<Map<PrinterId, StoredPlate>> load() {
        return database.query(
                        "SELECT printer, state, since, has_material, print, occupied_at, cooling_since FROM plate",
                        Tuple.tuple())
                .map(SqlPlateRepository::plates);
    }

    /** Saves everything; fails with a {@link DatabaseException} if the database does not accept it. */
    public Future<Void> flush() {
        return queue.flush();
    }

    @Override
    public void save(PrinterId printer, StoredPlate plate) {
        queue.save(printer, plate);
    }

    @Override
    public void remove(PrinterId printer) {
        queue.delete(printer);
    }

    private static Map<PrinterId, StoredPlate> plates(List<Row> rows) {
        Map<PrinterId, StoredPlate> plates = new HashMap<>();
        for (Row row : rows) {
            try {
                plates.put(new PrinterId(row.getString("printer")), plate(row));
            } catch (RuntimeException e) {
                // An unreadable plate must not keep the bridge from starting.
                LOG.warn("the stored plate of printer {} is unreadable and was ignored", row.getString("printer"), e);
            }
        }
        return plates;
    }

    private static StoredPlate plate(Row row) {
        Plate.State state =
                Objects.requireNonNull(WireConstant.find(Plate.State.class, row.getString("state")), "unknown state");
        return new StoredPlate(
                new Plate(state, Instant.parse(row.getString("since"))),
                row.getInteger("has_material") != 0,
                JobJson.job(row.getString("print")),
                instant(row.getString("occupied_at")),
                instant(row.getString("cooling_since")));
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
