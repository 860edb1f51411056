package io.github.printer2mqtt.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open connections and until when each may keep us waiting, since an idle timeout never ends a client that sends one
 * byte a minute. One sweep looks at all of them, so that a request costs no timer. Belongs to the loop of the verticle.
 */
final class ClientConnections {
    /** No end: it is our turn, and what we do has a bound of its own. */
    private static final long NONE = Long.MAX_VALUE;

    /**
     * How long a client may keep us waiting.
     *
     * @param firstRequest from the connect to the end of the first headers
     * @param body from the headers to the end of the body
     * @param nextRequest from an answer to the end of the next headers
     * @param connections open at once; a further one is closed
     */
    record Limits(Duration firstRequest, Duration body, Duration nextRequest, int connections) {
        static Limits defaults() {
            return new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(60), 4096);
        }
    }

    private static final class Patience {
        private long endsAt;
        private @Nullable HttpServerRequest current;
    }

    private final Limits limits;
    private final LongSupplier monotonicNanos;
    private final HttpMeters meters;
    private final Map<HttpConnection, Patience> open = new HashMap<>();

    ClientConnections(Limits limits, LongSupplier monotonicNanos, HttpMeters meters) {
        this.limits = limits;
        this.monotonicNanos = monotonicNanos;
        this.meters = meters;
    }

    void onConnect(HttpConnection connection) {
        if (open.size() >= limits.connections()) {
            meters.connectionClosed(HttpMeters.Cause.FULL);
            connection.close();
            return;
        }
        Patience patience = new Patience();
        patience.endsAt = in(limits.firstRequest());
        open.put(connection, patience);
        meters.connections(open.size());
        connection.closeHandler(closed -> {
            open.remove(connection);
            meters.connections(open.size());
        });
    }

    /** The headers of a request are complete. */
    void onRequest(HttpServerRequest request) {
        Patience patience = open.get(request.connection());
        if (patience == null) {
            return;
        }
        patience.current = request;
        patience.endsAt = hasBody(request) ? in(limits.body()) : NONE;
        request.response().bodyEndHandler(answered -> {
            // A pipelined request may have begun already, and a body may still be on its way.
            if (patience.current == request && patience.endsAt == NONE) {
                patience.endsAt = in(limits.nextRequest());
            }
        });
    }

    /** The body of a request is complete. */
    void onBody(HttpServerRequest request) {
        Patience patience = open.get(request.connection());
        if (patience != null) {
            patience.endsAt = request.response().ended() ? in(limits.nextRequest()) : NONE;
        }
    }

    /** Closes the connections of clients that kept us waiting too long. */
    void sweep() {
        long now = monotonicNanos.getAsLong();
        List<HttpConnection> slow = new ArrayList<>();
        open.forEach((connection, patience) -> {
            if (patience.endsAt != NONE && now - patience.endsAt >= 0) {
                slow.add(connection);
            }
        });
        slow.forEach(this::giveUp);
    }

    /**
     * Closes the connection of a client that is too slow. What was answered already is sent first: one that reads
     * nothing is gone when the idle timeout of the server ends it.
     */
    void giveUp(HttpConnection connection) {
        Patience patience = open.get(connection);
        if (patience != null) {
            patience.endsAt = NONE;
        }
        meters.connectionClosed(HttpMeters.Cause.SLOW);
        connection.close();
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    private long in(Duration wait) {
        return monotonicNanos.getAsLong() + wait.toNanos();
    }
}
