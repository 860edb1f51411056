package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.persistence.PrinterRepository;
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
 * The registered printers in SQL, answered from memory: {@link #load()} reads them once, before anything else. A change is
 * in memory when its future completes, which is when it is safe on disk.
 */
public final class SqlPrinterRepository implements PrinterRepository {
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

    @Override
    public List<Registration> all() {
        return known.values().stream().map(SqlPrinterRepository::shown).toList();
    }

    @Override
    public @Nullable Registration find(PrinterId printer) {
        Entry entry = known.get(printer);
        return entry == null ? null : shown(entry);
    }

    @Override
    public @Nullable String fault(PrinterId printer) {
        Entry entry = known.get(printer);
        return entry == null ? null : entry.fault();
    }

    @Override
    public @Nullable PrinterId findByAddress(PrinterAddress address) {
        for (Entry entry : known.values()) {
            if (entry.printer().address().equals(address)) {
                return entry.printer().id();
            }
        }
        return null;
    }

    @Override
    public Credentials credentials(PrinterId printer) {
        Entry entry = known.get(printer);
        return entry == null ? Credentials.none() : entry.credentials();
    }

    @Override
    public Future<Void> add(Printer printer, Credentials credentials) {
        return addAll(Map.of(printer, credentials));
    }

    @Override
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

    @Override
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

    @Override
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

    private static Registration shown(Entry entry) {
        return new Registration(entry.printer(), !entry.credentials().isEmpty());
    }
}
