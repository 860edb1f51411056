package io.github.printer2mqtt.persistence.sql;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static io.github.printer2mqtt.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.HistoryArchive;
import io.github.printer2mqtt.persistence.HistoryRepository.EndedJob;
import io.github.printer2mqtt.persistence.HistoryRepository.Print;
import io.github.printer2mqtt.persistence.HistoryRepository.StateChange;
import io.github.printer2mqtt.persistence.JobRepository.Step;
import io.github.printer2mqtt.persistence.JobRepository.StoredJobs;
import io.github.printer2mqtt.testing.DatabaseFixture;
import io.github.printer2mqtt.testing.TestDatabase;
import io.github.printer2mqtt.testing.TestPrinters;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlHistoryRepositoryTest {
    private static final PrinterId A = new PrinterId("a");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static final Job RUNNING = new Job("2", "clip.gcode", 1.0, 5L, 500L, null, null);
    private static final LastJob LAST = new LastJob("1", "1.gcode", JobResult.FINISHED, NOON);

    @RegisterExtension
    private final DatabaseFixture instance = newDatabase();

    private final MetricsRegistry metrics = new MetricsRegistry();
    private SqlPrinterRepository printers;
    private SqlHistoryRepository history;
    private SqlJobRepository jobs;
    private HistoryArchive archive;

    /** The database of the test; other products override it. */
    DatabaseFixture newDatabase() {
        return new TestDatabase();
    }

    @BeforeEach
    void open() {
        printers = new SqlPrinterRepository(instance.vertx(), instance.database(), TestDatabase.cipher());
        done(printers.load());
        done(printers.add(TestPrinters.printer(A, "printer", "prusalink", "a.local"), Credentials.none()));
        history = new SqlHistoryRepository(instance.vertx(), instance.database(), metrics);
        jobs = new SqlJobRepository(instance.vertx(), instance.database(), history::onPrintsDropped);
        archive = new SqlHistoryArchive(instance.database());
    }

    @Test
    void restoresWhichPrintRan() {
        jobs.save(A, seen(new Print(NOON, null)));
        jobs.save(A, seen(new Print(NOON.plusSeconds(1), NOON)));
        jobs.save(A, seen(null));
        jobs.save(new PrinterId("removed"), seen(new Print(NOON, null)));
        done(jobs.flush());

        assertThat(done(jobs.loadPrints())).isEqualTo(Map.of(A, new Print(NOON.plusSeconds(1), NOON)));

        done(printers.remove(A));
        assertThat(done(jobs.loadPrints())).isEmpty();
    }

    /** A bridge killed between two writes once knew the result of a print that its history lacked. */
    @ParameterizedTest
    @ValueSource(strings = {"job_history", "print", "job"})
    void endOfAPrintIsStoredWholeOrNotAtAll(String failingTable) {
        Print next = new Print(NOON.plusSeconds(2), NOON.plusSeconds(2));
        rename(failingTable, "away");
        jobs.save(A, new Step(new StoredJobs(RUNNING, LAST), next, List.of(job(1, JobResult.FINISHED))));
        assertThat(failure(jobs.flush())).isInstanceOf(DatabaseException.class);
        rename("away", failingTable);

        assertThat(count("job_history") + count("print") + count("job"))
                .as("of a bridge killed now")
                .isZero();
        jobs.save(A, new Step(new StoredJobs(null, LAST), null, List.of(job(2, JobResult.CANCELLED))));
        done(jobs.flush());
        assertThat(rows("SELECT result FROM job_history ORDER BY id")).containsExactly("finished", "cancelled");
        assertThat(done(jobs.loadPrints())).isEqualTo(Map.of(A, next));
        assertThat(done(jobs.load())).isEqualTo(Map.of(A, new StoredJobs(null, LAST)));
    }

    @Test
    void printsOfARemovedPrinterThatWaitAreStored() {
        rename("job_history", "away");
        jobs.save(A, ended(job(1, JobResult.FINISHED)));
        assertThat(failure(jobs.flush())).isInstanceOf(DatabaseException.class);
        jobs.remove(A);
        rename("away", "job_history");
        done(jobs.flush());

        assertThat(count("job_history")).isEqualTo(1);
        assertThat(count("job")).isZero();
    }

    @Test
    void printsThatAFailingDatabaseCannotTakeAreBoundedAndCounted() {
        rename("job_history", "away");
        for (int i = 0; i < UnsavedSteps.MAX_ENDED + 3; i++) {
            jobs.save(A, ended(job(i, JobResult.FINISHED)));
        }
        assertThat(failure(jobs.flush())).isInstanceOf(DatabaseException.class);
        assertThat(dropped("jobs")).isEqualTo(3);
        rename("away", "job_history");
        done(jobs.flush());

        assertThat(count("job_history")).isEqualTo(UnsavedSteps.MAX_ENDED);
    }

    @Test
    void historyOfARemovedPrinterStays() {
        jobs.save(A, ended(job(1, JobResult.FINISHED)));
        history.add(state(1));
        done(jobs.flush());
        done(history.flush());
        done(printers.remove(A));

        assertThat(count("job_history")).isEqualTo(1);
        assertThat(count("state_history")).isEqualTo(1);
    }

    @Test
    void jobsAreWrittenAtOnceAndStatesTogether() {
        history.add(state(1));
        jobs.save(A, ended(job(1, JobResult.FINISHED)));

        until("the job is stored", () -> count("job_history") == 1);
        assertThat(count("state_history")).as("waits for others").isZero();
        done(history.flush());
        assertThat(count("state_history")).isEqualTo(1);
    }

    @Test
    void samePrintIsRecordedOnceAndAProvenResultStays() {
        jobs.save(A, ended(job(1, JobResult.UNKNOWN)));
        done(jobs.flush());
        jobs.save(A, ended(job(1, JobResult.CANCELLED)));
        done(jobs.flush());
        jobs.save(A, ended(job(1, JobResult.FINISHED)));
        jobs.save(A, ended(job(1, JobResult.UNKNOWN)));
        jobs.save(A, ended(job(2, JobResult.FINISHED)));
        done(jobs.flush());

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
        for (int i = 0; i < 3_500; i += UnsavedSteps.MAX_ENDED) {
            jobs.save(
                    A,
                    ended(IntStream.range(i, i + UnsavedSteps.MAX_ENDED)
                            .mapToObj(number -> job(number, JobResult.FINISHED))
                            .toArray(EndedJob[]::new)));
            done(jobs.flush());
        }

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

    private static Step seen(@Nullable Print print) {
        return new Step(new StoredJobs(RUNNING, null), print, List.of());
    }

    private static Step ended(EndedJob... ended) {
        return new Step(new StoredJobs(null, LAST), null, List.of(ended));
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
