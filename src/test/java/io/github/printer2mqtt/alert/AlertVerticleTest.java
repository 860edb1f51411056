package io.github.printer2mqtt.alert;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static io.github.printer2mqtt.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.persistence.AlertRepository.StoredAlert;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.SqlAlertRepository;
import io.github.printer2mqtt.persistence.sql.SqlPrinterRepository;
import io.github.printer2mqtt.persistence.sql.Statement;
import io.github.printer2mqtt.persistence.sqlite.SqliteDatabase;
import io.github.printer2mqtt.testing.TestDatabase;
import io.github.printer2mqtt.testing.TestFleet;
import io.github.printer2mqtt.testing.TestPrinters;
import io.github.printer2mqtt.testing.VertxInstance;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The verticle with a real database, restarted on the same file. */
class AlertVerticleTest {
    private static final PrinterId ID = new PrinterId("mk4");

    @RegisterExtension
    private final VertxInstance instance = new VertxInstance();

    private final Vertx vertx = instance.vertx();
    private final List<Alert.Change> changes = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private Database database;
    private SqlPrinterRepository printers;
    private FleetState fleet = TestFleet.create(0, System::nanoTime);
    private long generation;
    private @Nullable AlertVerticle running;
    private @Nullable String deployment;

    @BeforeEach
    void begin() {
        database =
                done(SqliteDatabase.open(vertx, directory.resolve("bridge.db").toString()));
        printers = new SqlPrinterRepository(vertx, database, TestDatabase.cipher());
        done(printers.load());
        done(printers.add(printer(), Credentials.none()));
        start();
    }

    @AfterEach
    void end() {
        stop();
        done(database.close());
    }

    @Test
    void openAlertSurvivesARestartWithoutNotification() {
        shows(PrinterState.ERROR, "MINTEMP");
        until("the alert opens", () -> changes.size() == 1);
        List<Alert> before = alerts().open();
        assertThat(before)
                .singleElement()
                .satisfies(alert -> assertThat(alert.message()).isEqualTo("Error: MINTEMP"));
        restart();
        assertThat(alerts().open()).isEqualTo(before);
        shows(PrinterState.ERROR, "other");
        shows(PrinterState.IDLE, null);
        until("the alert clears", () -> changes.size() == 2);
        assertThat(changes).containsExactly(Alert.Change.opened(before.get(0)), Alert.Change.cleared(before.get(0)));
        restart();
        assertThat(alerts().open()).isEmpty();
    }

    @Test
    void acknowledgementSurvivesARestart() {
        shows(PrinterState.ERROR, null);
        until("the alert opens", () -> changes.size() == 1);
        assertThat(done(alerts().acknowledge(ID, AlertCode.ERROR))).isTrue();
        assertThat(done(alerts().acknowledge(ID, AlertCode.ERROR))).isFalse();
        assertThat(alerts().open()).isEmpty();
        restart();
        shows(PrinterState.ERROR, null);
        assertThat(done(alerts().acknowledge(ID, AlertCode.ERROR))).isFalse();
        assertThat(alerts().open()).isEmpty();
        assertThat(changes).hasSize(2);
    }

    @Test
    void removedPrinterHasNoAlert() {
        shows(PrinterState.ERROR, null);
        until("the alert opens", () -> changes.size() == 1);
        done(printers.remove(ID));
        fleet.remove(ID);
        until("the alert clears", () -> changes.size() == 2);
        restart();
        assertThat(alerts().open()).isEmpty();
    }

    @Test
    void alertIsClearedIfThePrinterWasRemovedBeforeTheStart() {
        shows(PrinterState.ERROR, null);
        until("the alert opens", () -> changes.size() == 1);
        stop();
        fleet = TestFleet.create(0, System::nanoTime);
        deploy();
        until("the alert clears", () -> changes.size() == 2);
        assertThat(alerts().open()).isEmpty();
    }

    @Test
    void alertIsStoredOnceTheDatabaseRecovers() {
        done(database.write(Database.Durability.NORMAL, List.of(Statement.of("ALTER TABLE alert RENAME TO away"))));
        SqlAlertRepository stored = new SqlAlertRepository(vertx, database);
        StoredAlert one = new StoredAlert(alert("one"), false);
        StoredAlert two = new StoredAlert(alert("two"), true);
        stored.save(one);
        assertThat(failure(stored.flush())).isInstanceOf(DatabaseException.class);
        stored.save(two);
        done(database.write(Database.Durability.NORMAL, List.of(Statement.of("ALTER TABLE away RENAME TO alert"))));
        done(stored.flush());
        assertThat(done(stored.load())).containsExactly(two);
    }

    @Test
    void unreadableAlertsAreSkipped() {
        done(database.write(
                Database.Durability.NORMAL,
                List.of(Statement.of("INSERT INTO alert VALUES ('mk4', 'melted', 'warning', 'x',"
                        + " '2026-11-21T09:50:00Z', 0), ('mk4', 'error', 'warning', 'x', 'yesterday', 0)"))));
        restart();
        assertThat(alerts().open()).isEmpty();
    }

    private static Alert alert(String message) {
        return new Alert(
                ID, AlertCode.ERROR, Alert.Severity.CRITICAL, message, Instant.parse("2026-11-21T09:50:00.123456Z"));
    }

    private void restart() {
        stop();
        start();
    }

    private void start() {
        fleet = TestFleet.create(0, System::nanoTime);
        if (printers.find(ID) != null) {
            generation = fleet.register(printer(), Set.of(), 2);
        }
        deploy();
    }

    private void deploy() {
        AlertVerticle alerts = new AlertVerticle(
                fleet,
                id -> BridgeConfig.defaults().alerts(),
                new SqlAlertRepository(vertx, database),
                Ownership.alone());
        running = alerts;
        alerts.addListener(change -> {
            throw new IllegalStateException("a listener that always fails");
        });
        alerts.addListener(changes::add);
        deployment = done(vertx.deployVerticle(alerts));
    }

    private AlertVerticle alerts() {
        return Objects.requireNonNull(running);
    }

    private void stop() {
        if (deployment != null) {
            done(vertx.undeploy(Objects.requireNonNull(deployment)));
            deployment = null;
        }
    }

    private void shows(PrinterState state, @Nullable String message) {
        Reading reading = new Reading(state, null, message, Temperatures.unknown(), null, null, null, null, null);
        fleet.record(new Observation(ID, generation, reading, Duration.ofMillis(20), Instant.now()));
    }

    private static Printer printer() {
        return TestPrinters.printer(ID, "MK4", "prusalink", "mk4.local");
    }
}
