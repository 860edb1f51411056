package io.github.printer2mqtt.history;

import static io.github.printer2mqtt.testing.Await.done;

import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.fleet.Observation;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Job;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.Temperatures;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.persistence.HistoryArchive;
import io.github.printer2mqtt.persistence.HistoryArchive.Filter;
import io.github.printer2mqtt.persistence.HistoryArchive.Kind;
import io.github.printer2mqtt.persistence.HistoryArchive.Page;
import io.github.printer2mqtt.persistence.HistoryRepository.EndedJob;
import io.github.printer2mqtt.persistence.HistoryRepository.Print;
import io.github.printer2mqtt.persistence.HistoryRepository.StateChange;
import io.github.printer2mqtt.persistence.JobRepository.Step;
import io.github.printer2mqtt.persistence.JobRepository.StoredJobs;
import io.github.printer2mqtt.persistence.sql.SqlHistoryArchive;
import io.github.printer2mqtt.persistence.sql.SqlHistoryRepository;
import io.github.printer2mqtt.persistence.sql.SqlJobRepository;
import io.github.printer2mqtt.testing.DatabaseFixture;
import io.github.printer2mqtt.testing.TestFleet;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The service of the history over a real database and a fleet that the test fills. */
final class HistoryFixture {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final Filter EVERYTHING = new Filter(null, null, null, null, Set.of());

    final FleetState fleet = TestFleet.create(0, System::nanoTime);
    final SqlHistoryRepository repository;
    private final SqlJobRepository jobs;
    final HistoryArchive archive;
    final HistoryService service;
    Instant now = NOW;

    HistoryFixture(DatabaseFixture database) {
        repository = new SqlHistoryRepository(database.vertx(), database.database(), new MetricsRegistry());
        jobs = new SqlJobRepository(database.vertx(), database.database(), repository::onPrintsDropped);
        archive = new SqlHistoryArchive(database.database());
        service = new DefaultHistoryService(archive, this::flush, fleet, () -> now);
    }

    /** A print that was printed without a pause. */
    void printed(String printer, @Nullable String group, JobResult result, Instant end, Duration duration) {
        EndedJob ended = new EndedJob(
                new PrinterId(printer),
                "Old name of " + printer,
                group,
                new Print(end.minus(duration), null),
                end,
                end,
                null,
                "x.gcode",
                result,
                50.0,
                duration.toSeconds(),
                null);
        jobs.save(ended.printer(), new Step(new StoredJobs(null, null), null, List.of(ended)));
    }

    private Future<Void> flush() {
        return Future.join(jobs.flushSteps(), repository.flush()).mapEmpty();
    }

    /** The moment since which the bridge records. */
    void recordsSince(Instant at) {
        repository.add(
                new StateChange(new PrinterId("a"), "A", null, at, PrinterState.UNKNOWN, PrinterState.IDLE, null));
        done(repository.flush());
    }

    void register(String id, @Nullable String group, PrinterState state, @Nullable Job job) {
        Printer printer = new Printer(
                new PrinterId(id),
                "Name of " + id,
                "prusalink",
                AddressText.parse(id + ".example").withDefaultPort(80),
                null,
                group,
                List.of(),
                true,
                Printer.PollingOverrides.none(),
                null);
        long generation = fleet.register(printer, Set.of(), 2);
        Reading reading = new Reading(state, state.name(), null, Temperatures.unknown(), job, null, null, null, null);
        fleet.record(new Observation(printer.id(), generation, reading, Duration.ofMillis(5), now));
    }

    JsonObject page(Filter filter, @Nullable Long cursor, int limit) {
        return done(service.page(Kind.JOBS, new Page(filter, cursor, limit)));
    }
}
