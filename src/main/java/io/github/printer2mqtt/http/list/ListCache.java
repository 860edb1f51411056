package io.github.printer2mqtt.http.list;

import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.ContentEncoding;
import io.github.printer2mqtt.http.message.HttpMetrics;
import io.github.printer2mqtt.http.message.IfNoneMatch;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The printer list as prepared bytes, plain and compressed. Each is built at the first request after a change and at most once
 * a version; compression reuses unchanged pages. Large lists are built on a worker, one at a time, and requests that arrive
 * meanwhile share the next one. Unused lists are dropped.
 *
 * <p>The plain list is joined again for each version: copying encoded documents costs a tenth of compressing them. Belongs to
 * the event loop of the verticle.
 */
public final class ListCache {
    /** Lists of up to this many printers are built on the event loop, in at most two milliseconds. */
    private static final int MAX_INLINE_PRINTERS = 250;

    /** Longer than the refresh interval of common dashboards. */
    public static final Duration KEEP_FOR = Duration.ofSeconds(60);

    private static final ListQuery ALL_PRINTERS = ListQuery.parse("");

    private record PreparedList(long version, ApiResponse response) {}

    private final WorkerExecutor workers;
    private final CombinedFleet fleet;
    private final String startId;
    private final HttpMetrics metrics;
    private final ListEntry plain = new ListEntry(this::joined);
    private final ListEntry compressed = new ListEntry(this::compressed);
    private @Nullable CompressedList compressedList;

    /** @param workers of one thread, so that a large list never takes more than one core */
    public ListCache(WorkerExecutor workers, CombinedFleet fleet, String startId, HttpMetrics metrics) {
        this.workers = workers;
        this.fleet = fleet;
        this.startId = startId;
        this.metrics = metrics;
    }

    /** The current list, or 304 if the client has it. */
    public Future<ApiResponse> respond(ListQuery query, ContentEncoding encoding, IfNoneMatch known) {
        CombinedFleet.Snapshot now = fleet.snapshot();
        String digest = query.digest();
        String tag = tag(now.version(), digest, encoding);
        if (known.matches(tag)) {
            return Future.succeededFuture(withCacheHeaders(ApiResponse.empty(304), tag));
        }
        if (query.isUnfiltered()) {
            return (encoding == ContentEncoding.GZIP ? compressed : plain)
                    .current()
                    .map(PreparedList::response);
        }
        return compute(now.size(), () -> encoded(ListDocument.join(now, query), encoding))
                .map(body -> response(body, tag, encoding));
    }

    /** Drops lists that were not requested since the last call; to be called every {@link #KEEP_FOR}. */
    public void dropUnused() {
        plain.dropUnused();
        compressed.dropUnused();
        if (compressed.newest == null) {
            compressedList = null;
        }
    }

    /** The newest unfiltered list in one encoding. */
    private final class ListEntry {
        private final Function<CombinedFleet.Snapshot, Future<PreparedList>> builder;
        private @Nullable PreparedList newest;
        private @Nullable Future<PreparedList> running;
        private @Nullable Future<PreparedList> next;
        private boolean wasRequested;

        ListEntry(Function<CombinedFleet.Snapshot, Future<PreparedList>> builder) {
            this.builder = builder;
        }

        /** A list at least as new as the current snapshot. */
        Future<PreparedList> current() {
            wasRequested = true;
            CombinedFleet.Snapshot now = fleet.snapshot();
            PreparedList known = newest;
            if (known != null && known.version() >= now.version()) {
                return Future.succeededFuture(known);
            }
            if (running == null) {
                return build(now);
            }
            if (next == null) {
                next = running.transform(done -> {
                    next = null;
                    return current();
                });
            }
            return next;
        }

        void dropUnused() {
            if (!wasRequested) {
                newest = null;
            }
            wasRequested = false;
        }

        private Future<PreparedList> build(CombinedFleet.Snapshot now) {
            Future<PreparedList> building = builder.apply(now).andThen((prepared, failure) -> {
                running = null;
                if (prepared != null) {
                    newest = prepared;
                }
            });
            running = building.isComplete() ? null : building;
            return building;
        }
    }

    private Future<PreparedList> joined(CombinedFleet.Snapshot now) {
        metrics.listBuilt(ContentEncoding.IDENTITY);
        return compute(now.size(), () -> Buffer.buffer(ListDocument.join(now, ALL_PRINTERS)))
                .map(body -> prepared(now.version(), body, ContentEncoding.IDENTITY));
    }

    private Future<PreparedList> compressed(CombinedFleet.Snapshot now) {
        metrics.listBuilt(ContentEncoding.GZIP);
        CompressedList before = compressedList;
        return compute(now.size(), () -> {
                    CompressedList list = CompressedList.of(now, before);
                    return new CompressedBody(list, Buffer.buffer(list.bytes()));
                })
                .map(built -> {
                    compressedList = built.list();
                    return prepared(now.version(), built.body(), ContentEncoding.GZIP);
                });
    }

    private record CompressedBody(CompressedList list, Buffer body) {}

    private PreparedList prepared(long version, Buffer body, ContentEncoding encoding) {
        return new PreparedList(version, response(body, tag(version, "", encoding), encoding));
    }

    private static ApiResponse response(Buffer body, String tag, ContentEncoding encoding) {
        ApiResponse response = withCacheHeaders(ApiResponse.of(200, ApiResponse.JSON, body), tag);
        return encoding == ContentEncoding.GZIP ? response.withHeader("Content-Encoding", "gzip") : response;
    }

    private static ApiResponse withCacheHeaders(ApiResponse response, String tag) {
        return response.withHeader("ETag", tag)
                .withHeader("Cache-Control", "no-cache")
                .withHeader("Vary", "Accept-Encoding");
    }

    private String tag(long version, String digest, ContentEncoding encoding) {
        String filter = digest.isEmpty() ? "" : "-" + digest;
        return '"' + startId + "-" + version + filter + (encoding == ContentEncoding.GZIP ? "-gzip\"" : "\"");
    }

    /** Does work whose cost grows with the number of printers: for few on the event loop, else on the worker. */
    private <T> Future<T> compute(int printers, Supplier<T> work) {
        return printers <= MAX_INLINE_PRINTERS
                ? Future.succeededFuture(work.get())
                : workers.executeBlocking(work::get);
    }

    private static Buffer encoded(byte[] body, ContentEncoding encoding) {
        if (encoding == ContentEncoding.IDENTITY) {
            return Buffer.buffer(body);
        }
        return Buffer.buffer(GzipMember.of(List.of(DeflatedBytes.ofEnd(body))));
    }
}
