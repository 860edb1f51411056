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
    private static final int AT_ONCE = 250;

    /** Longer than dashboards wait between two requests. */
    public static final Duration KEPT = Duration.ofSeconds(60);

    private static final ListQuery EVERYTHING = ListQuery.parse("");

    private record Prepared(long version, ApiResponse reply) {}

    private final WorkerExecutor workers;
    private final FleetView fleet;
    private final String startId;
    private final HttpMetrics meters;
    private final Line plain = new Line(this::joined);
    private final Line compressed = new Line(this::compressed);
    private @Nullable CompressedList zipped;

    /** @param workers of one thread, so that a large list never takes more than one core */
    public ListCache(WorkerExecutor workers, FleetView fleet, String startId, HttpMetrics meters) {
        this.workers = workers;
        this.fleet = fleet;
        this.startId = startId;
        this.meters = meters;
    }

    /** The list as it is now, or 304 if the client has it. */
    public Future<ApiResponse> answer(ListQuery query, ContentEncoding encoding, IfNoneMatch known) {
        FleetSnapshot now = fleet.snapshot();
        String digest = query.digest();
        String tag = tag(now.version(), digest, encoding);
        if (known.hold(tag)) {
            return Future.succeededFuture(labelled(ApiResponse.empty(304), tag));
        }
        if (query.isEverything()) {
            return (encoding == ContentEncoding.GZIP ? compressed : plain)
                    .current()
                    .map(Prepared::reply);
        }
        return made(now.size(), () -> encoded(ListDocument.join(now, query), encoding))
                .map(body -> reply(body, tag, encoding));
    }

    /** Drops what nobody has asked for since the last call; to be called every {@link #KEPT}. */
    public void tidy() {
        plain.tidy();
        compressed.tidy();
        if (compressed.newest == null) {
            zipped = null;
        }
    }

    /** One way to send the whole list; knows the newest and never makes two at a time. */
    private final class Line {
        private final Function<FleetSnapshot, Future<Prepared>> make;
        private @Nullable Prepared newest;
        private @Nullable Future<Prepared> running;
        private @Nullable Future<Prepared> next;
        private boolean askedFor;

        Line(Function<FleetSnapshot, Future<Prepared>> make) {
            this.make = make;
        }

        /** The list, at least as new as the snapshot at this moment. */
        Future<Prepared> current() {
            askedFor = true;
            FleetSnapshot now = fleet.snapshot();
            Prepared known = newest;
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

        void tidy() {
            if (!askedFor) {
                newest = null;
            }
            askedFor = false;
        }

        private Future<Prepared> begin(FleetSnapshot now) {
            Future<Prepared> making = make.apply(now).andThen((prepared, failure) -> {
                running = null;
                if (prepared != null) {
                    newest = prepared;
                }
            });
            running = making.isComplete() ? null : making;
            return making;
        }
    }

    private Future<Prepared> joined(FleetSnapshot now) {
        meters.listBuilt(ContentEncoding.IDENTITY);
        return made(now.size(), () -> Buffer.buffer(ListDocument.join(now, EVERYTHING)))
                .map(body -> prepared(now.version(), body, ContentEncoding.IDENTITY));
    }

    private Future<Prepared> compressed(FleetSnapshot now) {
        meters.listBuilt(ContentEncoding.GZIP);
        CompressedList before = zipped;
        return made(now.size(), () -> {
                    CompressedList list = CompressedList.of(now, before);
                    return new Zipped(list, Buffer.buffer(list.bytes()));
                })
                .map(made -> {
                    zipped = made.list();
                    return prepared(now.version(), made.body(), ContentEncoding.GZIP);
                });
    }

    private record Zipped(CompressedList list, Buffer body) {}

    private Prepared prepared(long version, Buffer body, ContentEncoding encoding) {
        return new Prepared(version, reply(body, tag(version, "", encoding), encoding));
    }

    private static ApiResponse reply(Buffer body, String tag, ContentEncoding encoding) {
        ApiResponse reply = labelled(ApiResponse.of(200, ApiResponse.JSON, body), tag);
        return encoding == ContentEncoding.GZIP ? reply.with("Content-Encoding", "gzip") : reply;
    }

    private static ApiResponse labelled(ApiResponse reply, String tag) {
        return reply.with("ETag", tag).with("Cache-Control", "no-cache").with("Vary", "Accept-Encoding");
    }

    private String tag(long version, String digest, ContentEncoding encoding) {
        String filter = digest.isEmpty() ? "" : "-" + digest;
        return '"' + startId + "-" + version + filter + (encoding == ContentEncoding.GZIP ? "-gzip\"" : "\"");
    }

    /** Makes something of so many printers on the loop if they are few, else beside it. */
    private <T> Future<T> made(int printers, Supplier<T> work) {
        return printers <= AT_ONCE ? Future.succeededFuture(work.get()) : workers.executeBlocking(work::get);
    }

    private static Buffer encoded(byte[] body, ContentEncoding encoding) {
        if (encoding == ContentEncoding.IDENTITY) {
            return Buffer.buffer(body);
        }
        return Buffer.buffer(GzipMember.of(List.of(DeflatedBytes.ofEnd(body))));
    }
}
