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
 * The registered printers in SQL, read from memory: {@link #load()} must complete before any other call. A change becomes
 * visible when it is stored.
 */
public final class SqlPrinterRepository implements PrinterRepository {
    private static final Logger LOG = LoggerFactory.getLogger(SqlPrinterRepository.class);

    private final Database database;
    private volatile Map<PrinterId, Entry> entries = Map.of();

    public SqlPrinterRepository(Database database) {
        this.database = database;
    }

    private record Entry(
            Printer printer,
            Credentials credentials,
            @Nullable String readError) {
        Entry(Printer printer, Credentials credentials) {
            this(printer, credentials, null);
        }
    }

    /** Reads everything into memory. */
    public Future<Void> load() {
        return database.query(PrinterRow.SELECT_PRINTERS, Tuple.tuple())
                .compose(printers -> database.query(PrinterRow.SELECT_CREDENTIALS, Tuple.tuple())
                        .map(credentials -> read(printers, credentials)))
                .onSuccess(loaded -> entries = loaded)
                .mapEmpty();
    }

    @Override
    public List<Registration> all() {
        return entries.values().stream().map(SqlPrinterRepository::registration).toList();
    }

    @Override
    public @Nullable Registration find(PrinterId printer) {
        Entry entry = entries.get(printer);
        return entry == null ? null : registration(entry);
    }

    @Override
    public @Nullable String readError(PrinterId printer) {
        Entry entry = entries.get(printer);
        return entry == null ? null : entry.readError();
    }

    @Override
    public @Nullable PrinterId findByAddress(PrinterAddress address) {
        for (Entry entry : entries.values()) {
            if (entry.printer().address().equals(address)) {
                return entry.printer().id();
            }
        }
        return null;
    }

    @Override
    public Credentials credentials(PrinterId printer) {
        Entry entry = entries.get(printer);
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
                new Statement(PrinterRow.INSERT_PRINTER, rows), new Statement(PrinterRow.INSERT_CREDENTIALS, secrets));
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
        return database.write(Database.Durability.FULL, statements)
                .onSuccess(written -> apply(change))
                .mapEmpty();
    }

    private synchronized void apply(Consumer<Map<PrinterId, Entry>> change) {
        Map<PrinterId, Entry> next = new TreeMap<>(entries);
        change.accept(next);
        entries = Collections.unmodifiableMap(next);
    }

    private static Map<PrinterId, Entry> read(List<Row> printers, List<Row> credentials) {
        Map<PrinterId, Entry> loaded = new TreeMap<>();
        printers.forEach(row -> readPrinter(row, loaded));
        credentials.forEach(row -> readCredentials(row, loaded));
        return Collections.unmodifiableMap(loaded);
    }

    /** One unreadable row must not keep the others from loading. */
    private static void readPrinter(Row row, Map<PrinterId, Entry> entries) {
        PrinterId id;
        try {
            id = new PrinterId(row.getString("id"));
        } catch (RuntimeException e) {
            LOG.error("a printer in the database has an invalid id and was ignored: {}", e.getMessage());
            return;
        }
        try {
            entries.put(id, new Entry(PrinterRow.printer(row), Credentials.none()));
        } catch (RuntimeException e) {
            entries.put(id, new Entry(PrinterRow.unreadable(id, row), Credentials.none(), unreadable(id, "row", e)));
        }
    }

    private static void readCredentials(Row row, Map<PrinterId, Entry> entries) {
        PrinterId id;
        try {
            id = new PrinterId(row.getString("printer"));
        } catch (RuntimeException e) {
            return; // logged with its printer
        }
        entries.computeIfPresent(id, (printer, entry) -> {
            try {
                return new Entry(entry.printer(), PrinterRow.credentials(row), entry.readError());
            } catch (RuntimeException e) {
                return new Entry(entry.printer().disabled(), Credentials.none(), unreadable(id, "credentials", e));
            }
        });
    }

    private static String unreadable(PrinterId printer, String what, RuntimeException failure) {
        LOG.error(
                "the {} of printer {} in the database is unreadable, and the printer is disabled until it is changed or"
                        + " removed: {}",
                what,
                printer,
                failure.getMessage());
        return "its " + what + " in the database is unreadable; change or remove the printer";
    }

    private static Registration registration(Entry entry) {
        return new Registration(entry.printer(), !entry.credentials().isEmpty());
    }
}
