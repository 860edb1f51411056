package io.github.printer2mqtt.persistence.sql;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static io.github.printer2mqtt.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.JobRepository.Step;
import io.github.printer2mqtt.persistence.JobRepository.StoredJobs;
import io.github.printer2mqtt.testing.DatabaseFixture;
import io.github.printer2mqtt.testing.TestDatabase;
import io.github.printer2mqtt.testing.TestPrinters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqlJobRepositoryTest {
    private static final PrinterId A = new PrinterId("a");
    private static final PrinterId B = new PrinterId("b");
    private static final Job CLIP = new Job("297", "clip \"x\".gcode", 42.5, 1200L, 1500L, 12, 120);
    private static final Job BARE = new Job(null, null, null, null, null, null, null);
    private static final LastJob FINISHED =
            new LastJob("296", "bracket.gcode", JobResult.FINISHED, Instant.parse("2026-11-21T09:20:00.123Z"));
    private static final LastJob UNSEEN = new LastJob(null, null, JobResult.UNKNOWN, null);

    @RegisterExtension
    private final DatabaseFixture instance = newDatabase();

    private final Database database = instance.database();
    private final Vertx vertx = instance.vertx();
    private SqlPrinterRepository printers;
    private SqlJobRepository jobs;

    /** The database of the test; other products override it. */
    DatabaseFixture newDatabase() {
        return new TestDatabase();
    }

    @BeforeEach
    void open() {
        printers = new SqlPrinterRepository(instance.vertx(), database, TestDatabase.cipher());
        done(printers.load());
        for (PrinterId id : List.of(A, B)) {
            done(printers.add(printer(id), Credentials.none()));
        }
        jobs = new SqlJobRepository(vertx, database, dropped -> {});
        done(jobs.load());
    }

    @Test
    void restoresRunningAndLastJobsAfterARestart() {
        jobs.save(A, ended(FINISHED));
        jobs.save(A, running(CLIP, FINISHED));
        jobs.save(B, running(BARE, null));
        done(jobs.flush());
        assertThat(stored()).isEqualTo(Map.of(A, new StoredJobs(CLIP, FINISHED), B, new StoredJobs(BARE, null)));

        jobs = new SqlJobRepository(vertx, database, dropped -> {});
        done(jobs.load());
        jobs.save(B, ended(UNSEEN));
        jobs.save(A, running(BARE, FINISHED));
        done(jobs.flush());
        assertThat(stored()).isEqualTo(Map.of(A, new StoredJobs(BARE, FINISHED), B, new StoredJobs(null, UNSEEN)));
    }

    @Test
    void savesInTheBackground() {
        jobs.save(A, running(CLIP, null));
        until("it is saved", () -> stored().containsKey(A));
    }

    @Test
    void savesProgressEveryTenMinutesAndOnFlush() {
        jobs.save(A, running(elapsed(5), null));
        done(jobs.flush());
        jobs.saveProgress(A, elapsed(300));
        assertThat(stored().get(A)).as("not written yet").isEqualTo(new StoredJobs(elapsed(5), null));
        done(jobs.flush());
        assertThat(stored().get(A)).isEqualTo(new StoredJobs(elapsed(300), null));

        jobs.saveProgress(A, elapsed(901));
        until("it is saved in the background", () -> new StoredJobs(elapsed(901), null).equals(stored().get(A)));
        jobs.save(A, ended(FINISHED));
        jobs.save(A, running(elapsed(2), FINISHED));
        done(jobs.flush());
        assertThat(stored().get(A)).isEqualTo(new StoredJobs(elapsed(2), FINISHED));
    }

    private static Job elapsed(long seconds) {
        return new Job("1", "clip.gcode", null, seconds, null, null, null);
    }

    @Test
    void savesOnlyTheNewestJobOfAPrinter() {
        for (int i = 0; i < 20_000; i++) {
            jobs.save(A, running(new Job("job " + i, null, null, null, null, null, null), null));
        }
        done(jobs.flush());
        assertThat(stored().get(A))
                .isEqualTo(new StoredJobs(new Job("job 19999", null, null, null, null, null, null), null));
    }

    @Test
    void savesManyPrintersInSeveralBatches() {
        Map<PrinterId, StoredJobs> expected = new HashMap<>();
        Map<Printer, Credentials> added = new HashMap<>();
        for (int i = 0; i < 1200; i++) {
            PrinterId id = new PrinterId("p" + i);
            added.put(printer(id), Credentials.none());
            expected.put(id, new StoredJobs(CLIP, null));
        }
        done(printers.addAll(added));
        expected.keySet().forEach(id -> jobs.save(id, running(CLIP, null)));
        done(jobs.flush());
        assertThat(stored()).isEqualTo(expected);
    }

    /** A flush once looped forever when it met a write that was done but not yet handled. */
    @Test
    void flushCompletesInEveryPhaseOfAWrite() {
        for (int i = 0; i < 200; i++) {
            jobs.save(A, running(CLIP, null));
            Future<Void> first = jobs.flush();
            // Flushes in every phase of the write, including the moment right after its end.
            List<Future<Void>> more = new ArrayList<>();
            while (!first.isComplete() && more.size() < 5_000) {
                more.add(jobs.flush());
            }
            done(first);
            done(Future.all(more));
        }
        assertThat(stored()).containsEntry(A, new StoredJobs(CLIP, null));
    }

    @Test
    void removedPrinterIsNotBroughtBack() {
        jobs.save(A, running(CLIP, null));
        jobs.save(B, running(CLIP, null));
        done(jobs.flush());
        jobs.remove(A);
        done(jobs.flush());
        assertThat(stored()).containsOnlyKeys(B);

        done(printers.remove(B));
        jobs.save(B, running(BARE, null));
        done(jobs.flush());
        assertThat(stored()).isEmpty();
    }

    @Test
    void savesLaterWhatAFailingDatabaseRejected() {
        done(database.write(Database.Durability.NORMAL, List.of(Statement.of("ALTER TABLE job RENAME TO away"))));
        jobs.save(A, ended(FINISHED));
        jobs.save(B, running(BARE, null));
        assertThat(failure(jobs.flush())).isInstanceOf(DatabaseException.class);
        jobs.save(B, running(CLIP, null));
        done(database.write(Database.Durability.NORMAL, List.of(Statement.of("ALTER TABLE away RENAME TO job"))));
        until(
                "it is saved later",
                () -> stored().equals(Map.of(A, new StoredJobs(null, FINISHED), B, new StoredJobs(CLIP, null))));
    }

    @Test
    void ignoresUnreadableRows() {
        jobs.save(A, running(CLIP, null));
        done(jobs.flush());
        done(database.write(
                Database.Durability.NORMAL,
                List.of(Statement.of("INSERT INTO job (printer, running) VALUES (?, ?)", Tuple.of("b", "{oops")))));
        assertThat(stored()).isEqualTo(Map.of(A, new StoredJobs(CLIP, null)));
    }

    private static Step running(Job job, @Nullable LastJob last) {
        return new Step(new StoredJobs(job, last), null, List.of());
    }

    private static Step ended(LastJob last) {
        return new Step(new StoredJobs(null, last), null, List.of());
    }

    private Map<PrinterId, StoredJobs> stored() {
        return done(new SqlJobRepository(vertx, database, dropped -> {}).load());
    }

    private static Printer printer(PrinterId id) {
        return TestPrinters.printer(id, "printer", "prusalink", id + ".local");
    }
}
