package io.github.printer2mqtt.http.security;

import io.github.printer2mqtt.http.message.HttpMetrics;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open connections, what each holds in memory and until when it may keep us waiting: an idle timeout never ends a
 * client that sends one byte a minute. One sweep looks at all of them, so that a request costs no timer. Belongs to the
 * loop of the verticle.
 */
public final class ClientConnections {
    /** No end: it is our turn, and what we do has a bound of its own. */
    private static final long NONE = Long.MAX_VALUE;

    private static final class Client {
        private final UnfinishedHead head;
        private long deadline;
        private boolean headStarted;
        private @Nullable HttpServerRequest current;

        Client(UnfinishedHead head, long deadline) {
            this.head = head;
            this.deadline = deadline;
            this.headStarted = true;
        }
    }

    private final ClientLimits limits;
    private final RequestMemory memory;
    private final LongSupplier monotonicNanos;
    private final HttpMetrics metrics;
    private final Map<HttpConnection, Client> open = new HashMap<>();
    private final Map<String, Integer> openByAddress = new HashMap<>();

    public ClientConnections(
            ClientLimits limits, RequestMemory memory, LongSupplier monotonicNanos, HttpMetrics metrics) {
        this.limits = limits;
        this.memory = memory;
        this.monotonicNanos = monotonicNanos;
        this.metrics = metrics;
    }

    public void onConnect(HttpConnection connection) {
        String address = address(connection.remoteAddress());
        if (open.size() >= limits.connections()
                || openByAddress.getOrDefault(address, 0) >= limits.connectionsPerAddress()) {
            metrics.connectionClosed(HttpMetrics.Cause.FULL);
            connection.close();
            return;
        }
        UnfinishedHead head = UnfinishedHead.of(connection, memory, () -> onUnfinishedHead(connection));
        open.put(connection, new Client(head, in(limits.head())));
        openByAddress.merge(address, 1, Integer::sum);
        metrics.setConnections(open.size());
        connection.closeHandler(closed -> {
            open.remove(connection);
            openByAddress.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
            metrics.setConnections(open.size());
        });
    }

    /** The head of a request is complete. */
    void onRequest(HttpServerRequest request) {
        Client client = open.get(request.connection());
        if (client == null) {
            return;
        }
        client.current = request;
        client.headStarted = false;
        client.deadline = hasBody(request) ? in(limits.body()) : NONE;
        request.response().bodyEndHandler(answered -> {
            // A pipelined request may have begun already, and a body may still be on its way.
            if (client.current == request && client.deadline == NONE) {
                client.deadline = in(limits.idle());
            }
        });
    }

    /** The body of a request is complete. */
    void onBody(HttpServerRequest request) {
        Client client = open.get(request.connection());
        if (client != null) {
            client.deadline = request.response().ended() ? in(limits.idle()) : NONE;
        }
    }

    /** Closes the connections of clients that kept us waiting too long. */
    public void closeSlowClients() {
        long now = monotonicNanos.getAsLong();
        List<HttpConnection> slow = new ArrayList<>();
        open.forEach((connection, client) -> {
            if (client.deadline != NONE && now - client.deadline >= 0) {
                slow.add(connection);
            }
        });
        slow.forEach(this::closeSlow);
    }

    /**
     * Closes the connection of a client that is too slow. What was answered already is sent first: one that reads
     * nothing is gone when the idle timeout of the server ends it.
     */
    void closeSlow(HttpConnection connection) {
        close(connection, HttpMetrics.Cause.SLOW);
    }

    /** The time for a head begins with its first byte; without memory for it, the largest unfinished one goes. */
    private void onUnfinishedHead(HttpConnection connection) {
        Client client = open.get(connection);
        if (client != null && client.deadline != NONE && !client.headStarted && isAnswered(client)) {
            client.headStarted = true;
            client.deadline = in(limits.head());
        }
        while (memory.isExhausted()) {
            HttpConnection largest = open.entrySet().stream()
                    .filter(each -> each.getValue().head.cost() > 0)
                    .max(Comparator.comparingLong(each -> each.getValue().head.cost()))
                    .map(Map.Entry::getKey)
                    .orElse(null);
            if (largest == null) {
                return;
            }
            close(largest, HttpMetrics.Cause.MEMORY);
        }
    }

    private static boolean isAnswered(Client client) {
        return client.current == null || client.current.response().ended();
    }

    private void close(HttpConnection connection, HttpMetrics.Cause cause) {
        Client client = open.get(connection);
        if (client != null) {
            client.deadline = NONE;
            client.head.discard();
        }
        metrics.connectionClosed(cause);
        connection.close();
    }

    private static String address(@Nullable SocketAddress peer) {
        return Objects.requireNonNullElse(peer == null ? null : peer.hostAddress(), "");
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    private long in(Duration wait) {
        return monotonicNanos.getAsLong() + wait.toNanos();
    }
}
