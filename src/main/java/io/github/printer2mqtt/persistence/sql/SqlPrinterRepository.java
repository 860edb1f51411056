package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.persistence.PrinterRepository;
import io.github.printer2mqtt.persistence.encryption.FieldCipher;
import io.github.printer2mqtt.persistence.encryption.FieldCipher.UndecryptableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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

    private final Vertx vertx;
    private final Database database;
    private final FieldCipher cipher;
    private volatile Map<PrinterId, Entry> entries = Map.of();

    /** @param cipher for the credentials, as {@link CredentialEncryption} provides it */
    public SqlPrinterRepository(Vertx vertx, Database database, FieldCipher cipher) {
        this.vertx = vertx;
        this.database = database;
        this.cipher = cipher;
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
                .compose(printers -> database.query(CredentialsRow.SELECT, Tuple.tuple())
                        .compose(credentials -> vertx.executeBlocking(() -> read(printers, credentials))))
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
        return vertx.executeBlocking(() -> insertions(printers))
                .compose(statements -> write(
                        statements,
                        next -> printers.forEach(
                                (printer, credentials) -> next.put(printer.id(), new Entry(printer, credentials)))));
    }

    /** Takes a while for many printers. */
    private List<Statement> insertions(Map<Printer, Credentials> printers) {
        List<Tuple> rows = new ArrayList<>(printers.size());
        List<Tuple> secrets = new ArrayList<>();
        printers.forEach((printer, credentials) -> {
            rows.add(PrinterRow.values(printer));
            if (!credentials.isEmpty()) {
                secrets.add(CredentialsRow.encrypted(printer.id(), credentials, cipher));
            }
        });
        return List.of(new Statement(PrinterRow.INSERT_PRINTER, rows), new Statement(CredentialsRow.INSERT, secrets));
    }

    @Override
    public Future<Void> replace(Printer printer, Credentials credentials) {
        PrinterId id = printer.id();
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.of(PrinterRow.UPDATE_PRINTER, PrinterRow.values(printer)));
        statements.add(Statement.of(CredentialsRow.DELETE, Tuple.of(id.value())));
        if (!credentials.isEmpty()) {
            statements.add(Statement.of(CredentialsRow.INSERT, CredentialsRow.encrypted(id, credentials, cipher)));
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

    private Map<PrinterId, Entry> read(List<Row> printers, List<Row> credentials) {
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

    private void readCredentials(Row row, Map<PrinterId, Entry> entries) {
        PrinterId id;
        try {
            id = new PrinterId(row.getString("printer"));
        } catch (RuntimeException e) {
            return; // logged with its printer
        }
        entries.computeIfPresent(id, (printer, entry) -> {
            try {
                return new Entry(entry.printer(), CredentialsRow.decrypted(row, cipher), entry.readError());
            } catch (UndecryptableException | RuntimeException e) {
                return new Entry(entry.printer().disabled(), Credentials.none(), unreadable(id, "credentials", e));
            }
        });
    }

    private static String unreadable(PrinterId printer, String what, Exception failure) {
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
