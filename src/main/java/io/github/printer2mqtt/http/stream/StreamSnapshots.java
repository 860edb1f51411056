package io.github.printer2mqtt.http.stream;

import io.github.printer2mqtt.fleet.CombinedFleet;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The lists that clients begin with. Clients with equal views share one for a few seconds, because thousands may connect at
 * once after a restart; the messages since then follow it. Belongs to the event loop of the stream.
 */
final class StreamSnapshots {
    /** As with the list: joined on the event loop in at most two milliseconds. */
    private static final int MAX_INLINE_PRINTERS = 250;

    private static final long SHARED_NANOS = Duration.ofSeconds(5).toNanos();

    /**
     * A list and its position.
     *
     * @param list as the view makes it, for the event stream the document of {@code GET /api/printers}
     * @param version of the fleet
     * @param sequence the last message of the journal that it contains
     */
    record Prepared(Buffer list, long version, long sequence) {}

    private record Shared(Future<Prepared> prepared, long sequence, long atNanos) {}

    private final StreamJournal journal;
    private final WorkerExecutor workers;
    private final LongSupplier monotonicNanos;
    private final Map<StreamView, Shared> shared = new HashMap<>();

    StreamSnapshots(StreamJournal journal, WorkerExecutor workers, LongSupplier monotonicNanos) {
        this.journal = journal;
        this.workers = workers;
        this.monotonicNanos = monotonicNanos;
    }

    /**
     * A list from which a client can go on.
     *
     * @param now the snapshot whose changes the journal contains exactly
     */
    Future<Prepared> current(StreamView view, CombinedFleet.Snapshot now) {
        Shared known = shared.get(view);
        if (known != null && isFresh(known) && !journal.hasLost(known.sequence())) {
            return known.prepared();
        }
        long sequence = journal.last();
        Future<Prepared> prepared = (now.size() <= MAX_INLINE_PRINTERS
                        ? Future.succeededFuture(list(now, view))
                        : workers.executeBlocking(() -> list(now, view)))
                .map(list -> new Prepared(list, now.version(), sequence));
        shared.put(view, new Shared(prepared, sequence, monotonicNanos.getAsLong()));
        return prepared;
    }

    /** Releases lists that are not shared any more; to be called every few seconds. */
    void dropOld() {
        shared.values().removeIf(each -> !isFresh(each));
    }

    private boolean isFresh(Shared each) {
        return monotonicNanos.getAsLong() - each.atNanos() < SHARED_NANOS;
    }

    private static Buffer list(CombinedFleet.Snapshot now, StreamView view) {
        return Buffer.buffer(view.list(now));
    }
}
