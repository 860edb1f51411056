package io.github.printer2mqtt.http;

import io.github.printer2mqtt.fleet.FleetSnapshot;
import io.github.printer2mqtt.fleet.FleetView;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The printer list as prepared bytes: joined at the first request after a change and at most once a version, compressed
 * likewise. For a large fleet both happen beside the event loop, one at a time: who asks meanwhile shares the next.
 * Belongs to the loop of the verticle.
 */
final class ListCache {
    /** Printers up to which a list is made at once: under a millisecond or two, less than handing it over. */
    private static final int AT_ONCE = 250;

    private static final int COMPRESSED_AT_ONCE = AT_ONCE * 1024;
    private static final ListQuery EVERYTHING = ListQuery.parse(MultiMap.caseInsensitiveMultiMap());

    private record Prepared(long version, Buffer body, Reply reply) {}

    private final Vertx vertx;
    private final FleetView fleet;
    private final String startId;
    private final HttpMeters meters;
    private final Line plain = new Line(this::joined);
    private final Line compressed = new Line(now -> plain.current().compose(this::compressed));

    ListCache(Vertx vertx, FleetView fleet, String startId, HttpMeters meters) {
        this.vertx = vertx;
        this.fleet = fleet;
        this.startId = startId;
        this.meters = meters;
    }

    /** The list as it is now, or 304 if the client has it. */
    Future<Reply> answer(ListQuery query, Encoding encoding, EntityTags known) {
        FleetSnapshot now = fleet.snapshot();
        String digest = query.digest();
        String tag = tag(now.version(), digest, encoding);
        if (known.hold(tag)) {
            return Future.succeededFuture(labelled(Reply.empty(304), tag));
        }
        if (query.isEverything()) {
            return (encoding == Encoding.GZIP ? compressed : plain).current().map(Prepared::reply);
        }
        return made(now.size(), AT_ONCE, () -> encoded(ListDocument.join(now, query), encoding))
                .map(body -> reply(body, tag, encoding));
    }

    /** One way to send the whole list; knows the newest and never makes two at a time. */
    private final class Line {
        private final Function<FleetSnapshot, Future<Prepared>> make;
        private @Nullable Prepared newest;
        private @Nullable Future<Prepared> running;
        private @Nullable Future<Prepared> next;

        Line(Function<FleetSnapshot, Future<Prepared>> make) {
            this.make = make;
        }

        /** The list, at least as new as the snapshot at this moment. */
        Future<Prepared> current() {
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
        meters.listBuilt(Encoding.IDENTITY);
        return made(now.size(), AT_ONCE, () -> Buffer.buffer(ListDocument.join(now, EVERYTHING)))
                .map(body -> prepared(now.version(), body, Encoding.IDENTITY));
    }

    private Future<Prepared> compressed(Prepared list) {
        meters.listBuilt(Encoding.GZIP);
        return made(
                        list.body().length(),
                        COMPRESSED_AT_ONCE,
                        () -> encoded(list.body().getBytes(), Encoding.GZIP))
                .map(body -> prepared(list.version(), body, Encoding.GZIP));
    }

    private Prepared prepared(long version, Buffer body, Encoding encoding) {
        return new Prepared(version, body, reply(body, tag(version, "", encoding), encoding));
    }

    private static Reply reply(Buffer body, String tag, Encoding encoding) {
        Reply reply = labelled(Reply.of(200, Reply.JSON, body), tag);
        return encoding == Encoding.GZIP ? reply.with("Content-Encoding", "gzip") : reply;
    }

    private static Reply labelled(Reply reply, String tag) {
        return reply.with("ETag", tag).with("Cache-Control", "no-cache").with("Vary", "Accept-Encoding");
    }

    private String tag(long version, String digest, Encoding encoding) {
        String filter = digest.isEmpty() ? "" : "-" + digest;
        return '"' + startId + "-" + version + filter + (encoding == Encoding.GZIP ? "-gzip\"" : "\"");
    }

    /** Makes a body on the loop if it is small, else beside it. */
    private Future<Buffer> made(int size, int atOnce, Supplier<Buffer> work) {
        return size <= atOnce ? Future.succeededFuture(work.get()) : vertx.executeBlocking(work::get, false);
    }

    private static Buffer encoded(byte[] body, Encoding encoding) {
        if (encoding == Encoding.IDENTITY) {
            return Buffer.buffer(body);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4 + 64);
        try (OutputStream gzip = new FastGzip(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /** The list is compressed anew for every version that is asked for, so little work goes before little size. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(3);
        }
    }
}
