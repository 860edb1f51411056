package io.github.printer2mqtt.persistence.sql;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.DatabaseFixture;
import io.github.printer2mqtt.testing.TestDatabase;
import io.github.printer2mqtt.testing.TestPrinters;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlPrinterRepositoryTest {
    @RegisterExtension
    private final DatabaseFixture instance = newDatabase();

    private Database database = instance.database();
    private SqlPrinterRepository printers;

    /** The database of the test; other products override it. */
    DatabaseFixture newDatabase() {
        return new TestDatabase();
    }

    @BeforeEach
    void open() {
        printers = new SqlPrinterRepository(instance.vertx(), database, TestDatabase.cipher());
        done(printers.load());
    }

    @Test
    void restoresEverythingAfterReopening() {
        Printer full = new Printer(
                new PrinterId("mk4-left"),
                "MK4 »left« 漢字",
                "prusalink",
                AddressText.parse("https://[fd00::20]:8443/a/b").withDefaultPort(80),
                "MK4",
                "shelf-a",
                List.of("pla", "it's \"hot\""),
                false,
                new Printer.PollingOverrides(Duration.ofMillis(2500), 3),
                "sha256:" + "ab".repeat(32),
                new Printer.AlertOverrides(
                        Set.of(AlertCode.OFFLINE, AlertCode.NOT_CLEARED),
                        Duration.ofMillis(1500),
                        Duration.ofHours(24),
                        new Printer.AlertOverrides.Temperature(Duration.ofMinutes(3), 20, 300, 120),
                        Duration.ofMinutes(1)),
                Set.of(Verb.HOME, Verb.CANCEL),
                new Printer.Maintenance("new belt; »X« 'axis'", Instant.parse("2026-11-21T09:31:00.123Z")));
        Printer bare = printer("bare", "192.0.2.1");
        done(printers.add(full, Credentials.ofLogin("maker", "p'ss")));
        done(printers.add(bare, Credentials.none()));
        reopen();
        assertThat(printers.all()).containsExactly(new Registration(bare, false), new Registration(full, true));
        assertThat(printers.credentials(full.id())).isEqualTo(Credentials.ofLogin("maker", "p'ss"));
        assertThat(printers.credentials(bare.id())).isEqualTo(Credentials.none());
        assertThat(printers.findByAddress(full.address())).isEqualTo(full.id());
    }

    @Test
    void replacesAPrinterAndItsCredentials() {
        done(printers.add(printer("mk4", "192.0.2.1"), Credentials.ofApiKey("old")));
        done(printers.replace(printer("mk4", "192.0.2.2"), Credentials.ofApiKey("new")));
        assertThat(printers.credentials(new PrinterId("mk4"))).isEqualTo(Credentials.ofApiKey("new"));
        done(printers.replace(printer("mk4", "192.0.2.3"), Credentials.none()));
        assertThat(printers.all()).containsExactly(new Registration(printer("mk4", "192.0.2.3"), false));
        reopen();
        assertThat(printers.all()).containsExactly(new Registration(printer("mk4", "192.0.2.3"), false));
        assertThat(rows("credentials")).isZero();
    }

    @Test
    void removesAPrinterWithEverythingStoredAboutIt() {
        done(printers.add(printer("mk4", "192.0.2.1"), Credentials.ofApiKey("key")));
        done(database.write(
                Database.Durability.NORMAL,
                List.of(Statement.of("INSERT INTO job (printer, running) VALUES ('mk4', '{}')"))));
        done(printers.remove(new PrinterId("mk4")));
        assertThat(printers.all()).isEmpty();
        assertThat(rows("printer") + rows("credentials") + rows("job")).isZero();
        done(printers.remove(new PrinterId("mk4")));
    }

    @Test
    void storesAllPrintersOrNone() {
        done(printers.add(printer("b", "192.0.2.2"), Credentials.none()));
        Map<Printer, Credentials> list = new LinkedHashMap<>();
        list.put(printer("a", "192.0.2.1"), Credentials.ofApiKey("key"));
        list.put(printer("c", "192.0.2.2"), Credentials.none());
        assertThat(DatabaseException.is(failure(printers.addAll(list)), DatabaseException.Kind.CONSTRAINT))
                .isTrue();
        assertThat(printers.all()).hasSize(1);
        reopen();
        assertThat(printers.all()).hasSize(1);
    }

    @Test
    void databaseRejectsDuplicateIdsAndAddresses() {
        done(printers.add(printer("a", "192.0.2.1"), Credentials.none()));
        for (Printer twin : List.of(printer("a", "192.0.2.9"), printer("b", "192.0.2.1"))) {
            Throwable failure = failure(printers.add(twin, Credentials.none()));
            assertThat(DatabaseException.is(failure, DatabaseException.Kind.CONSTRAINT))
                    .isTrue();
        }
        assertThat(rows("printer")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE printer SET address = 'http://no address/' WHERE id = 'bad'",
                "UPDATE printer SET tags = 'pla, petg' WHERE id = 'bad'",
                "UPDATE printer SET tags = '[1]' WHERE id = 'bad'",
                "UPDATE printer SET alerts = '{\"deviation\":\"much\"}' WHERE id = 'bad'"
            })
    void disablesAPrinterWithAnUnreadableRow(String damage) {
        done(printers.add(printer("bad", "192.0.2.1"), Credentials.none()));
        done(printers.add(printer("good", "192.0.2.2"), Credentials.ofApiKey("key")));
        done(database.write(Database.Durability.NORMAL, List.of(Statement.of(damage))));
        try (CapturedLog log = CapturedLog.of(SqlPrinterRepository.class.getName())) {
            reopen();
            assertThat(log.lines()).singleElement().asString().contains("printer bad", "disabled");
        }
        Printer bad =
                Objects.requireNonNull(printers.find(new PrinterId("bad"))).printer();
        assertThat(bad.enabled()).isFalse();
        assertThat(bad.name()).isEqualTo("BAD");
        assertThat(printers.readError(bad.id())).contains("change or remove");
        assertThat(printers.find(new PrinterId("good")))
                .isEqualTo(new Registration(printer("good", "192.0.2.2"), true));
        assertThat(printers.readError(new PrinterId("good"))).isNull();

        done(printers.replace(printer("bad", "192.0.2.3"), Credentials.none()));
        assertThat(printers.readError(bad.id())).isNull();
        reopen();
        assertThat(printers.all()).hasSize(2).allMatch(each -> each.printer().enabled());
    }

    @Test
    void ignoresAndLogsAPrinterWithAnInvalidId() {
        done(printers.add(printer("good", "192.0.2.2"), Credentials.none()));
        done(printers.add(printer("bad", "192.0.2.1"), Credentials.ofApiKey("key")));
        done(database.write(Database.Durability.NORMAL, List.of(Statement.of("DELETE FROM credentials"))));
        done(database.write(
                Database.Durability.NORMAL, List.of(Statement.of("UPDATE printer SET id = 'No Id' WHERE id = 'bad'"))));
        try (CapturedLog log = CapturedLog.of(SqlPrinterRepository.class.getName())) {
            reopen();
            assertThat(log.lines()).singleElement().asString().contains("No Id");
        }
        assertThat(printers.all()).hasSize(1);
    }

    private void reopen() {
        database = instance.reopen();
        open();
    }

    private int rows(String table) {
        return done(database.query("SELECT count(*) FROM " + table, Tuple.tuple()))
                .get(0)
                .getInteger(0);
    }

    static Printer printer(String id, String host) {
        return TestPrinters.printer(new PrinterId(id), id.toUpperCase(Locale.ROOT), "prusalink", host);
    }
}
