package io.github.printer2mqtt.history;

import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.persistence.HistoryArchive;
import io.github.printer2mqtt.persistence.HistoryArchive.Kind;
import io.github.printer2mqtt.persistence.HistoryArchive.Page;
import io.github.printer2mqtt.persistence.HistoryArchive.Totals;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the history and computes statistics of it. Queries run one after the other, so that they leave a connection of the
 * database to others; a few wait, more are rejected. Thread-safe; callers never wait.
 */
public final class DefaultHistoryService implements HistoryService {
    static final Duration DEFAULT_PERIOD = Duration.ofDays(30);

    /** How long statistics are answered from memory. */
    static final Duration KEEP = Duration.ofSeconds(10);

    private static final int MAX_WAITING = 16;
    private static final int MAX_KEPT = 8;
    private static final long FLUSH_MILLIS = 1_000;

    private final HistoryArchive archive;
    private final Supplier<Future<Void>> flush;
    private final FleetView fleet;
    private final InstantSource clock;
    private final Map<StatisticsQuery, Kept> kept = new LinkedHashMap<>();
    private Future<?> last = Future.succeededFuture();
    private int waiting;

    /** Totals of a period, or their computation. */
    private record Kept(Instant at, Future<StoredTotals> totals) {}

    private record StoredTotals(StatisticsDocument.Period period, List<Totals> totals) {}

    /** @param flush stores what waits to be stored */
    public DefaultHistoryService(
            HistoryArchive archive, Supplier<Future<Void>> flush, FleetView fleet, InstantSource clock) {
        this.archive = archive;
        this.flush = flush;
        this.fleet = fleet;
        this.clock = clock;
    }

    @Override
    public Future<JsonObject> page(Kind kind, Page page) {
        // One more tells whether there is another page.
        Page oneMore = new Page(page.filter(), page.cursor(), page.limit() + 1);
        return inTurn(() -> switch (kind) {
            case JOBS -> archive.jobs(oneMore).map(jobs -> HistoryDocuments.jobs(jobs, page.limit()));
            case STATES -> archive.states(oneMore).map(states -> HistoryDocuments.states(states, page.limit()));
        });
    }

    @Override
    public Future<JsonObject> statistics(StatisticsQuery query) {
        return totals(query)
                .map(stored -> StatisticsDocument.of(query, stored.period(), stored.totals(), fleet.snapshot()));
    }

    /** The database is asked once for all printers of a period. */
    private synchronized Future<StoredTotals> totals(StatisticsQuery query) {
        Instant now = clock.instant();
        StatisticsQuery key = new StatisticsQuery(query.from(), query.to(), null, null);
        kept.values().removeIf(each -> each.totals().failed() || !isFresh(each, now));
        Kept known = kept.get(key);
        if (known == null) {
            if (kept.size() >= MAX_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
            known = new Kept(now, inTurn(() -> load(key, now)));
            kept.put(key, known);
        }
        return known.totals();
    }

    private static boolean isFresh(Kept kept, Instant now) {
        Duration age = Duration.between(kept.at(), now);
        return !age.isNegative() && age.compareTo(KEEP) < 0;
    }

    private Future<StoredTotals> load(StatisticsQuery query, Instant now) {
        Instant to = query.to() == null || query.to().isAfter(now) ? now : query.to();
        Instant from = query.from() == null ? to.minus(DEFAULT_PERIOD) : query.from();
        return archive.recordedSince().compose(since -> {
            Instant begin = since.orElse(to);
            Instant recordedFrom = begin.isBefore(from) ? from : begin.isAfter(to) ? to : begin;
            StatisticsDocument.Period period = new StatisticsDocument.Period(from, recordedFrom, to, now);
            return archive.totals(recordedFrom, to).map(totals -> new StoredTotals(period, totals));
        });
    }

    private synchronized <T> Future<T> inTurn(Supplier<Future<T>> query) {
        if (waiting >= MAX_WAITING) {
            return Future.failedFuture(
                    new HistoryException(MAX_WAITING + " queries of the history are already waiting", null));
        }
        waiting++;
        Future<T> result = last.transform((done, failure) -> flushed().compose(stored -> query.get()))
                .recover(DefaultHistoryService::unreadable)
                .onComplete(done -> onDone());
        last = result;
        return result;
    }

    /** What cannot be stored now is missing in the answer, which is no reason to give none. */
    private Future<@Nullable Void> flushed() {
        return flush.get().timeout(FLUSH_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty();
    }

    private synchronized void onDone() {
        waiting--;
    }

    private static <T> Future<T> unreadable(Throwable failure) {
        return Future.failedFuture(
                new HistoryException("the history cannot be read: " + failure.getMessage(), failure));
    }
}
