package io.github.printer2mqtt.http.list;

import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.fleet.FleetView;
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
 * The printer list as prepared bytes: joined at the first request after a change and at most once a version, compressed
 * likewise, of which only the pages that changed are. For a large fleet this happens beside the event loop, one at a time:
 * who asks meanwhile shares the next. When nobody has asked for a while nothing is kept.
 *
 * <p>The plain list is joined anew for each version: copying what is encoded already costs a tenth of compressing it, and
 * its parts would be held twice. Belongs to the loop of the verticle.
 */
public final class ListCache {
    /** Printers up to which a list is made at once: under a millisecond or two, less than handing it over. */
    private static final int MAX_INLINE_PRINTERS = 250;

    /** Longer than dashboards wait between two requests. */
    public static final Duration KEEP_FOR = Duration.ofSeconds(60);

    private static final ListQuery ALL_PRINTERS = ListQuery.parse("");

    private record PreparedList(long version, ApiResponse reply) {}

    private final WorkerExecutor workers;
    private final FleetView fleet;
    private final String startId;
    private final HttpMetrics metrics;
    private final ListEntry plain = new ListEntry(this::joined);
    private final ListEntry compressed = new ListEntry(this::compressed);
    private @Nullable CompressedList compressedList;

    /** @param workers of one thread, so that a large list never takes more than one core */
    public ListCache(WorkerExecutor workers, FleetView fleet, String startId, HttpMetrics metrics) {
        this.workers = workers;
        this.fleet = fleet;
        this.startId = startId;
        this.metrics = metrics;
    }

    /** The list as it is now, or 304 if the client has it. */
    public Future<ApiResponse> answer(ListQuery query, ContentEncoding encoding, IfNoneMatch known) {
        FleetSnapshot now = fleet.snapshot();
        String digest = query.digest();
        String tag = tag(now.version(), digest, encoding);
        if (known.matches(tag)) {
            return Future.succeededFuture(withCacheHeaders(ApiResponse.empty(304), tag));
        }
        if (query.isUnfiltered()) {
            return (encoding == ContentEncoding.GZIP ? compressed : plain)
                    .current()
                    .map(PreparedList::reply);
        }
        return compute(now.size(), () -> encoded(ListDocument.join(now, query), encoding))
                .map(body -> reply(body, tag, encoding));
    }

    /** Drops what nobody has asked for since the last call; to be called every {@link #KEEP_FOR}. */
    public void dropUnused() {
        plain.dropUnused();
        compressed.dropUnused();
        if (compressed.newest == null) {
            compressedList = null;
        }
    }

    /** One way to send the whole list; knows the newest and never makes two at a time. */
    private final class ListEntry {
        private final Function<FleetSnapshot, Future<PreparedList>> builder;
        private @Nullable PreparedList newest;
        private @Nullable Future<PreparedList> running;
        private @Nullable Future<PreparedList> next;
        private boolean wasRequested;

        ListEntry(Function<FleetSnapshot, Future<PreparedList>> builder) {
            this.builder = builder;
        }

        /** The list, at least as new as the snapshot at this moment. */
        Future<PreparedList> current() {
            wasRequested = true;
            FleetSnapshot now = fleet.snapshot();
            PreparedList known = newest;
            if (known != null && known.version() >= now.version()) {
                return Future.succeededFuture(known);
            }
            if (running == null) {
                return begin(now);
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

        private Future<PreparedList> begin(FleetSnapshot now) {
            Future<PreparedList> making = builder.apply(now).andThen((prepared, failure) -> {
                running = null;
                if (prepared != null) {
                    newest = prepared;
                }
            });
            running = making.isComplete() ? null : making;
            return making;
        }
    }

    private Future<PreparedList> joined(FleetSnapshot now) {
        metrics.listBuilt(ContentEncoding.IDENTITY);
        return compute(now.size(), () -> Buffer.buffer(ListDocument.join(now, ALL_PRINTERS)))
                .map(body -> prepared(now.version(), body, ContentEncoding.IDENTITY));
    }

    private Future<PreparedList> compressed(FleetSnapshot now) {
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
        return new PreparedList(version, reply(body, tag(version, "", encoding), encoding));
    }

    private static ApiResponse reply(Buffer body, String tag, ContentEncoding encoding) {
        ApiResponse reply = withCacheHeaders(ApiResponse.of(200, ApiResponse.JSON, body), tag);
        return encoding == ContentEncoding.GZIP ? reply.withHeader("Content-Encoding", "gzip") : reply;
    }

    private static ApiResponse withCacheHeaders(ApiResponse reply, String tag) {
        return reply.withHeader("ETag", tag).withHeader("Cache-Control", "no-cache").withHeader("Vary", "Accept-Encoding");
    }

    private String tag(long version, String digest, ContentEncoding encoding) {
        String filter = digest.isEmpty() ? "" : "-" + digest;
        return '"' + startId + "-" + version + filter + (encoding == ContentEncoding.GZIP ? "-gzip\"" : "\"");
    }

    /** Makes something of so many printers on the loop if they are few, else beside it. */
    private <T> Future<T> compute(int printers, Supplier<T> work) {
        return printers <= MAX_INLINE_PRINTERS ? Future.succeededFuture(work.get()) : workers.executeBlocking(work::get);
    }

    private static Buffer encoded(byte[] body, ContentEncoding encoding) {
        if (encoding == ContentEncoding.IDENTITY) {
            return Buffer.buffer(body);
        }
        return Buffer.buffer(GzipMember.of(List.of(DeflatedBytes.ofEnd(body))));
    }
}
