package io.github.printer2mqtt.registry;

import io.github.printer2mqtt.printer.Credentials;
import io.github.printer2mqtt.printer.Printer;
import io.github.printer2mqtt.printer.PrinterAddress;
import io.github.printer2mqtt.printer.PrinterId;
import io.github.printer2mqtt.store.Statement;
import io.github.printer2mqtt.store.Database;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registered printers: stored in SQLite, answered from memory. A change is in memory when its future completes, which
 * is when it is safe on disk. Reading is safe for every thread; writing has one caller, who waits for one write before
 * the next. Futures fail with a {@link io.github.printer2mqtt.store.DatabaseException}; nothing has changed then.
 */
public final class SqlPrinterRepository {
    private static final Logger LOG = LoggerFactory.getLogger(SqlPrinterRepository.class);

    private final Database store;
    private volatile Map<PrinterId, Entry> known = Map.of();

    public SqlPrinterRepository(Database store) {
        this.store = store;
    }

    private record Entry(
            Printer printer,
            Credentials credentials,
            @Nullable String fault) {
        Entry(Printer printer, Credentials credentials) {
            this(printer, credentials, null);
        }
    }

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
        return known.values().stream().map(SqlPrinterRepository::shown).toList();
    }

    /** A printer; null if there is none with that id. */
    public @Nullable StoredPrinter find(PrinterId printer) {
        Entry entry = known.get(printer);
        return entry == null ? null : shown(entry);
    }

    /** Why a printer's row could not be read, which disables it until it is changed; null if it could. */
    public @Nullable String fault(PrinterId printer) {
        Entry entry = known.get(printer);
        return entry == null ? null : entry.fault();
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
        return store.write(Database.Durability.FULL, statements)
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
        printers.forEach(row -> readPrinter(row, entries));
        credentials.forEach(row -> readCredentials(row, entries));
        return Collections.unmodifiableMap(entries);
    }

    /** One unreadable row must not take the others along. */
    private static void readPrinter(Row row, Map<PrinterId, Entry> entries) {
        PrinterId id;
        try {
            id = new PrinterId(row.getString("id"));
        } catch (RuntimeException e) {
            LOG.error("a printer in the database has no usable id and is left out: {}", e.getMessage());
            return;
        }
        try {
            entries.put(id, new Entry(PrinterRow.printer(row), Credentials.none()));
        } catch (RuntimeException e) {
            entries.put(id, new Entry(PrinterRow.unreadable(id, row), Credentials.none(), fault(id, "row", e)));
        }
    }

    private static void readCredentials(Row row, Map<PrinterId, Entry> entries) {
        PrinterId id;
        try {
            id = new PrinterId(row.getString("printer"));
        } catch (RuntimeException e) {
            return; // told with its printer
        }
        entries.computeIfPresent(id, (printer, entry) -> {
            try {
                return new Entry(entry.printer(), PrinterRow.credentials(row), entry.fault());
            } catch (RuntimeException e) {
                return new Entry(entry.printer().disabled(), Credentials.none(), fault(id, "credentials", e));
            }
        });
    }

    private static String fault(PrinterId printer, String what, RuntimeException failure) {
        LOG.error(
                "the {} of printer {} in the database cannot be read, and the printer is disabled until it is changed or"
                        + " removed: {}",
                what,
                printer,
                failure.getMessage());
        return "its " + what + " in the database cannot be read; change or remove the printer";
    }

    private static StoredPrinter shown(Entry entry) {
        return new StoredPrinter(entry.printer(), !entry.credentials().isEmpty());
    }
}
