package io.github.printer2mqtt.registry;

import io.github.printer2mqtt.printer.Credentials;
import io.github.printer2mqtt.printer.Printer;
import io.github.printer2mqtt.printer.PrinterAddress;
import io.github.printer2mqtt.printer.PrinterId;
import io.github.printer2mqtt.store.Durability;
import io.github.printer2mqtt.store.Statement;
import io.github.printer2mqtt.store.Store;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The registered printers: stored in SQLite, answered from memory. A change is in memory when its future completes, which
 * is when it is safe on disk. Reading is safe for every thread; writing has one caller, who waits for one write before
 * the next. Futures fail with a {@link io.github.printer2mqtt.store.StoreProblem}; nothing has changed then.
 */
public final class Registry {
    private final Store store;
    private volatile Map<PrinterId, Entry> known = Map.of();

    public Registry(Store store) {
        this.store = store;
    }

    private record Entry(Printer printer, Credentials credentials) {}

    /** Reads everything into memory; to be done once, before anything else. */
    public Future<Void> load() {
        return store.query(PrinterRow.SELECT_PRINTERS, Tuple.tuple())
                .compose(printers -> store.query(PrinterRow.SELECT_CREDENTIALS, Tuple.tuple())
                        .map(credentials -> entries(printers, credentials)))
                .onSuccess(loaded -> known = loaded)
                .mapEmpty();
    }

    /** All printers in the order of their ids. */
    public List<StoredPrinter> all() {
        return known.values().stream().map(Registry::shown).toList();
    }

    /** A printer; null if there is none with that id. */
    public @Nullable StoredPrinter find(PrinterId printer) {
        Entry entry = known.get(printer);
        return entry == null ? null : shown(entry);
    }

    /** Who has an address; null if nobody. */
    public @Nullable PrinterId at(PrinterAddress address) {
        for (Entry entry : known.values()) {
            if (entry.printer().address().equals(address)) {
                return entry.printer().id();
            }
        }
        return null;
    }

    /** What a printer asks for; none for an unknown printer. */
    public Credentials credentials(PrinterId printer) {
        Entry entry = known.get(printer);
        return entry == null ? Credentials.none() : entry.credentials();
    }

    /** Stores a new printer. */
    public Future<Void> add(Printer printer, Credentials credentials) {
        return addAll(Map.of(printer, credentials));
    }

    /** Stores new printers, all or none. */
    public Future<Void> addAll(Map<Printer, Credentials> printers) {
        List<Tuple> rows = new ArrayList<>(printers.size());
        List<Tuple> secrets = new ArrayList<>();
        printers.forEach((printer, credentials) -> {
            rows.add(PrinterRow.values(printer));
            if (!credentials.isEmpty()) {
                secrets.add(PrinterRow.values(printer.id(), credentials));
            }
        });
        List<Statement> statements = List.of(
                Statement.batch(PrinterRow.INSERT_PRINTER, rows),
                Statement.batch(PrinterRow.INSERT_CREDENTIALS, secrets));
        return write(
                statements,
                next -> printers.forEach(
                        (printer, credentials) -> next.put(printer.id(), new Entry(printer, credentials))));
    }

    /** Stores a changed registration under its id. */
    public Future<Void> replace(Printer printer, Credentials credentials) {
        PrinterId id = printer.id();
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.of(PrinterRow.UPDATE_PRINTER, PrinterRow.values(printer)));
        statements.add(Statement.of(PrinterRow.DELETE_CREDENTIALS, Tuple.of(id.value())));
        if (!credentials.isEmpty()) {
            statements.add(Statement.of(PrinterRow.INSERT_CREDENTIALS, PrinterRow.values(id, credentials)));
        }
        return write(statements, next -> next.put(id, new Entry(printer, credentials)));
    }

    /** Removes a printer with its credentials and whatever else the database keeps of it; an unknown one is no error. */
    public Future<Void> remove(PrinterId printer) {
        return write(
                List.of(Statement.of(PrinterRow.DELETE_PRINTER, Tuple.of(printer.value()))),
                next -> next.remove(printer));
    }

    private Future<Void> write(List<Statement> statements, Consumer<Map<PrinterId, Entry>> change) {
        return store.write(Durability.FULL, statements)
                .onSuccess(written -> apply(change))
                .mapEmpty();
    }

    private synchronized void apply(Consumer<Map<PrinterId, Entry>> change) {
        Map<PrinterId, Entry> next = new TreeMap<>(known);
        change.accept(next);
        known = Collections.unmodifiableMap(next);
    }

    private static Map<PrinterId, Entry> entries(List<Row> printers, List<Row> credentials) {
        Map<PrinterId, Entry> entries = new TreeMap<>();
        for (Row row : printers) {
            Printer printer = PrinterRow.printer(row);
            entries.put(printer.id(), new Entry(printer, Credentials.none()));
        }
        for (Row row : credentials) {
            entries.computeIfPresent(
                    new PrinterId(row.getString("printer")),
                    (id, entry) -> new Entry(entry.printer(), PrinterRow.credentials(row)));
        }
        return Collections.unmodifiableMap(entries);
    }

    private static StoredPrinter shown(Entry entry) {
        return new StoredPrinter(entry.printer(), !entry.credentials().isEmpty());
    }
}
