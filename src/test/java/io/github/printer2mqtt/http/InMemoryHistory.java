package io.github.printer2mqtt.http;

import io.github.printer2mqtt.history.DefaultHistoryService;
import io.github.printer2mqtt.history.HistoryService;
import io.github.printer2mqtt.model.JobResult;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.HistoryArchive;
import io.github.printer2mqtt.persistence.HistoryRepository.EndedJob;
import io.github.printer2mqtt.persistence.HistoryRepository.Print;
import io.github.printer2mqtt.persistence.HistoryRepository.StateChange;
import io.github.printer2mqtt.testing.TestFleet;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One print and one change of state of printer a; remembers what was asked. */
final class InMemoryHistory implements HistoryService, HistoryArchive {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** What every query fails with; null for none. */
    volatile @Nullable DatabaseException failure;

    volatile @Nullable Page page;
    volatile @Nullable StatisticsQuery query;
    volatile String file = "clip.gcode";
    private final HistoryService service = new DefaultHistoryService(
            this,
            Future::succeededFuture,
            TestFleet.create(0, System::nanoTime),
            InstantSource.fixed(NOON.plusSeconds(3600)));

    @Override
    public Future<JsonObject> page(Kind kind, Page wanted) {
        page = wanted;
        return service.page(kind, wanted);
    }

    @Override
    public Future<JsonObject> statistics(StatisticsQuery wanted) {
        query = wanted;
        return service.statistics(wanted);
    }

    @Override
    public Future<List<StoredJob>> jobs(Page wanted) {
        return answer(List.of(new StoredJob(
                7,
                new EndedJob(
                        new PrinterId("a"),
                        "=1+1",
                        "shelf-1",
                        new Print(NOON, NOON),
                        NOON.plusSeconds(60),
                        NOON.plusSeconds(60),
                        "297",
                        file,
                        JobResult.FINISHED,
                        100.0,
                        60L,
                        null))));
    }

    @Override
    public Future<List<StoredState>> states(Page wanted) {
        return answer(List.of(
                state(9, PrinterState.PRINTING, PrinterState.FINISHED),
                state(8, PrinterState.IDLE, PrinterState.PRINTING)));
    }

    private static StoredState state(long id, PrinterState from, PrinterState to) {
        return new StoredState(
                id, new StateChange(new PrinterId("a"), "A", null, NOON.plusSeconds(id), from, to, null));
    }

    @Override
    public Future<List<Totals>> totals(Instant from, Instant to) {
        return answer(List.of(new Totals(new PrinterId("a"), "A", "shelf-1", Map.of(JobResult.FINISHED, 1), 60)));
    }

    @Override
    public Future<Optional<Instant>> recordedSince() {
        return answer(Optional.of(NOON));
    }

    @Override
    public Future<Boolean> removeExpired(Kind kind, Instant before, int rows) {
        return answer(false);
    }

    private <T> Future<T> answer(T result) {
        DatabaseException broken = failure;
        return broken == null ? Future.succeededFuture(result) : Future.failedFuture(broken);
    }
}
