package io.github.printer2mqtt.persistence.sql;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static io.github.printer2mqtt.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.HistoryArchive;
import io.github.printer2mqtt.persistence.HistoryRepository.EndedJob;
import io.github.printer2mqtt.persistence.HistoryRepository.Print;
import io.github.printer2mqtt.persistence.HistoryRepository.StateChange;
import io.github.printer2mqtt.testing.TestDatabase;
import io.github.printer2mqtt.testing.TestPrinters;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqlHistoryRepositoryTest {
    private static final PrinterId A = new PrinterId("a");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @RegisterExtension
    private final TestDatabase instance = new TestDatabase();

    private final MetricsRegistry metrics = new MetricsRegistry();
    private SqlPrinterRepository printers;
    private SqlHistoryRepository history;
    private HistoryArchive archive;

    @BeforeEach
    void open() {
        printers = new SqlPrinterRepository(instance.vertx(), instance.database(), TestDatabase.cipher());
        done(printers.load());
        done(printers.add(TestPrinters.printer(A, "printer", "prusalink", "a.local"), Credentials.none()));
        history = new SqlHistoryRepository(instance.vertx(), instance.database(), metrics);
        archive = new SqlHistoryArchive(instance.database());
    }

    @Test
    void restoresWhichPrintRan() {
        history.savePrint(A, new Print(NOON, null));
        history.savePrint(A, new Print(NOON.plusSeconds(1), NOON));
        history.savePrint(new PrinterId("removed"), new Print(NOON, null));
        done(history.flush());

        assertThat(done(history.load())).isEqualTo(Map.of(A, new Print(NOON.plusSeconds(1), NOON)));

        done(printers.remove(A));
        assertThat(done(history.load())).isEmpty();
    }

    @Test
    void historyOfARemovedPrinterStays() {
        history.add(job(1, JobResult.FINISHED));
        history.add(state(1));
        done(history.flush());
        done(printers.remove(A));

        assertThat(count("job_history")).isEqualTo(1);
        assertThat(count("state_history")).isEqualTo(1);
    }

    @Test
    void jobsAreWrittenAtOnceAndStatesTogether() {
        history.add(state(1));
        history.add(job(1, JobResult.FINISHED));

        until("the job is stored", () -> count("job_history") == 1);
        assertThat(count("state_history")).as("waits for others").isZero();
        done(history.flush());
        assertThat(count("state_history")).isEqualTo(1);
    }

    @Test
    void samePrintIsRecordedOnceAndAProvenResultStays() {
        history.add(job(1, JobResult.UNKNOWN));
        done(history.flush());
        history.add(job(1, JobResult.CANCELLED));
        done(history.flush());
        history.add(job(1, JobResult.FINISHED));
        history.add(job(1, JobResult.UNKNOWN));
        history.add(job(2, JobResult.FINISHED));
        done(history.flush());

        assertThat(rows("SELECT result FROM job_history ORDER BY id")).containsExactly("cancelled", "finished");
    }

    @Test
    void failingDatabaseLosesNothingThatFitsAndCountsTheRest() {
        rename("state_history", "away");
        for (int i = 0; i < 20_003; i++) {
            history.add(state(i));
        }
        assertThat(failure(history.flush())).isInstanceOf(DatabaseException.class);
        assertThat(dropped("states")).isEqualTo(3);
        assertThat(dropped("jobs")).isZero();

        rename("away", "state_history");
        done(history.flush());

        assertThat(count("state_history")).isEqualTo(20_000);
        assertThat(rows("SELECT CAST(at AS TEXT) FROM state_history ORDER BY id"))
                .as("in their order")
                .isEqualTo(rows("SELECT CAST(at AS TEXT) FROM state_history ORDER BY at"));
    }

    @Test
    void oldAndSurplusEntriesAreRemovedStepByStep() {
        for (int i = 0; i < 3_500; i++) {
            history.add(job(i, JobResult.FINISHED));
        }
        done(history.flush());

        Instant before = NOON.plusSeconds(1_200);
        assertThat(done(archive.removeExpired(HistoryArchive.Kind.JOBS, before, 10_000)))
                .as("more is left")
                .isTrue();
        assertThat(done(archive.removeExpired(HistoryArchive.Kind.JOBS, before, 10_000)))
                .isFalse();
        assertThat(count("job_history")).isEqualTo(2_300);

        while (done(archive.removeExpired(HistoryArchive.Kind.JOBS, before, 50))) {
            assertThat(count("job_history")).isGreaterThanOrEqualTo(50);
        }
        assertThat(count("job_history")).isEqualTo(50);
        assertThat(rows("SELECT file FROM job_history ORDER BY id DESC LIMIT 1"))
                .as("the newest stay")
                .containsExactly("3499.gcode");
        assertThat(done(archive.removeExpired(HistoryArchive.Kind.STATES, before, 50)))
                .isFalse();
    }

    private static EndedJob job(int number, JobResult result) {
        Instant end = NOON.plusSeconds(number);
        return new EndedJob(
                A,
                "A",
                "shelf",
                new Print(end.minusSeconds(60), null),
                end,
                end,
                null,
                number + ".gcode",
                result,
                50.0,
                60L,
                "PLA");
    }

    private static StateChange state(int number) {
        return new StateChange(
                A, "A", null, NOON.plusSeconds(number), PrinterState.IDLE, PrinterState.OFFLINE, FailureReason.TIMEOUT);
    }

    private int count(String table) {
        return done(instance.database().query("SELECT count(*) FROM " + table, Tuple.tuple()))
                .get(0)
                .getInteger(0);
    }

    private List<String> rows(String sql) {
        return done(instance.database().query(sql, Tuple.tuple())).stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private void rename(String from, String to) {
        done(instance.database()
                .write(Database.Durability.NORMAL, List.of(Statement.of("ALTER TABLE " + from + " RENAME TO " + to))));
    }

    private double dropped(String kind) {
        return new String(metrics.prometheusText(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("printer2mqtt_history_dropped_total{kind=\"" + kind + "\"} "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }
}
