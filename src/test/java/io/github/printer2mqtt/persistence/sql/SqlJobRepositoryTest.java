package io.github.printer2mqtt.persistence.sql;

import static io.github.printer2mqtt.testing.Await.done;
import static io.github.printer2mqtt.testing.Await.failure;
import static io.github.printer2mqtt.testing.Await.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.AddressText;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.LastJob;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.JobRepository.StoredJobs;
import io.github.printer2mqtt.persistence.sqlite.SqliteDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlJobRepositoryTest {
    private static final PrinterId A = new PrinterId("a");
    private static final PrinterId B = new PrinterId("b");
    private static final Job CLIP = new Job("297", "clip \"x\".gcode", 42.5, 1200L, 1500L, 12, 120);
    private static final Job BARE = new Job(null, null, null, null, null, null, null);
    private static final LastJob FINISHED =
            new LastJob("296", "bracket.gcode", JobResult.FINISHED, Instant.parse("2026-11-21T09:20:00.123Z"));
    private static final LastJob UNSEEN = new LastJob(null, null, JobResult.UNKNOWN, null);

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path directory;

    private Database store;
    private SqlPrinterRepository registry;
    private SqlJobRepository ledger;

    @BeforeEach
    void open() {
        store = done(SqliteDatabase.open(vertx, directory.resolve("bridge.db").toString()));
        registry = new SqlPrinterRepository(store);
        done(registry.load());
        for (PrinterId id : List.of(A, B)) {
            done(registry.add(printer(id), Credentials.none()));
        }
        ledger = new SqlJobRepository(vertx, store);
        done(ledger.load());
    }

    @AfterEach
    void close() {
        done(store.close());
        done(vertx.close());
    }

    @Test
    void remembersAcrossARestartWhatRanAndWhatEnded() {
        ledger.saveEnded(A, FINISHED);
        ledger.saveRunning(A, CLIP);
        ledger.saveRunning(B, BARE);
        done(ledger.flush());
        assertThat(stored()).isEqualTo(Map.of(A, new StoredJobs(CLIP, FINISHED), B, new StoredJobs(BARE, null)));

        ledger = new SqlJobRepository(vertx, store);
        done(ledger.load());
        ledger.saveEnded(B, UNSEEN);
        ledger.saveRunning(A, BARE);
        done(ledger.flush());
        assertThat(stored()).isEqualTo(Map.of(A, new StoredJobs(BARE, FINISHED), B, new StoredJobs(null, UNSEEN)));
    }

    @Test
    void writesByItselfWithoutBeingAsked() {
        ledger.saveRunning(A, CLIP);
        until("it is written", () -> stored().containsKey(A));
    }

    @Test
    void keepsHowFarAPrintIsWhenItStopsAndNowAndThenBefore() {
        ledger.saveRunning(A, elapsed(5));
        done(ledger.flush());
        ledger.saveProgress(A, elapsed(300));
        assertThat(stored().get(A)).as("not worth a write").isEqualTo(new StoredJobs(elapsed(5), null));
        done(ledger.flush());
        assertThat(stored().get(A)).isEqualTo(new StoredJobs(elapsed(300), null));

        ledger.saveProgress(A, elapsed(901));
        until("it is written by itself", () -> new StoredJobs(elapsed(901), null).equals(stored().get(A)));
        ledger.saveEnded(A, FINISHED);
        ledger.saveRunning(A, elapsed(2));
        done(ledger.flush());
        assertThat(stored().get(A)).isEqualTo(new StoredJobs(elapsed(2), FINISHED));
    }

    private static Job elapsed(long seconds) {
        return new Job("1", "clip.gcode", null, seconds, null, null, null);
    }

    @Test
    void keepsOnlyTheNewestOfAPrinter() {
        for (int i = 0; i < 20_000; i++) {
            ledger.saveRunning(A, new Job("job " + i, null, null, null, null, null, null));
        }
        done(ledger.flush());
        assertThat(stored().get(A))
                .isEqualTo(new StoredJobs(new Job("job 19999", null, null, null, null, null, null), null));
    }

    @Test
    void writesManyPrintersInSeveralGoes() {
        Map<PrinterId, StoredJobs> expected = new HashMap<>();
        Map<Printer, Credentials> printers = new HashMap<>();
        for (int i = 0; i < 1200; i++) {
            PrinterId id = new PrinterId("p" + i);
            printers.put(printer(id), Credentials.none());
            expected.put(id, new StoredJobs(CLIP, null));
        }
        done(registry.addAll(printers));
        expected.keySet().forEach(id -> ledger.saveRunning(id, CLIP));
        done(ledger.flush());
        assertThat(stored()).isEqualTo(expected);
    }

    /** A flush used to ask itself for ever when it met a write that was done and not yet handled. */
    @Test
    void flushesWhateverTheWriteInFlightIsDoing() {
        for (int i = 0; i < 200; i++) {
            ledger.saveRunning(A, CLIP);
            Future<Void> first = ledger.flush();
            // Asks at every moment of the write, the one right after its end included.
            List<Future<Void>> more = new ArrayList<>();
            while (!first.isComplete() && more.size() < 5_000) {
                more.add(ledger.flush());
            }
            done(first);
            done(Future.all(more));
        }
        assertThat(stored()).containsEntry(A, new StoredJobs(CLIP, null));
    }

    @Test
    void forgetsARemovedPrinterAndNeverBringsItBack() {
        ledger.saveRunning(A, CLIP);
        ledger.saveRunning(B, CLIP);
        done(ledger.flush());
        ledger.remove(A);
        done(ledger.flush());
        assertThat(stored()).containsOnlyKeys(B);

        done(registry.remove(B));
        ledger.saveRunning(B, BARE);
        done(ledger.flush());
        assertThat(stored()).isEmpty();
    }

    @Test
    void losesNothingWhileTheDatabaseFailsAndWritesItLater() {
        done(store.write(Database.Durability.NORMAL, List.of(Statement.of("ALTER TABLE job RENAME TO away"))));
        ledger.saveEnded(A, FINISHED);
        ledger.saveRunning(B, BARE);
        assertThat(failure(ledger.flush())).isInstanceOf(DatabaseException.class);
        ledger.saveRunning(B, CLIP);
        done(store.write(Database.Durability.NORMAL, List.of(Statement.of("ALTER TABLE away RENAME TO job"))));
        until(
                "it is written later",
                () -> stored().equals(Map.of(A, new StoredJobs(null, FINISHED), B, new StoredJobs(CLIP, null))));
    }

    @Test
    void startsWithoutWhatItCannotRead() {
        ledger.saveRunning(A, CLIP);
        done(ledger.flush());
        done(store.write(
                Database.Durability.NORMAL,
                List.of(Statement.of("INSERT INTO job (printer, running) VALUES (?, ?)", Tuple.of("b", "{oops")))));
        assertThat(stored()).isEqualTo(Map.of(A, new StoredJobs(CLIP, null)));
    }

    private Map<PrinterId, StoredJobs> stored() {
        return done(new SqlJobRepository(vertx, store).load());
    }

    private static Printer printer(PrinterId id) {
        return new Printer(
                id,
                "printer",
                "prusalink",
                AddressText.parse(id + ".local").withDefaultPort(80),
                null,
                null,
                List.of(),
                true,
                Printer.PollingOverrides.none(),
                null);
    }
}
