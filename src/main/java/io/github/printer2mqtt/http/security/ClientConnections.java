package io.github.printer2mqtt.http.security;

import io.github.printer2mqtt.http.message.HttpMetrics;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open connections with their memory and deadlines. An idle timeout would not close a client that sends one byte a minute;
 * one periodic check of all deadlines saves a timer per request. Belongs to the event loop of the verticle.
 */
public final class ClientConnections {
    /** While the bridge works on a response, which has its own timeout. */
    private static final long NO_DEADLINE = Long.MAX_VALUE;

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

    public ClientConnections(
            ClientLimits limits, RequestMemory memory, LongSupplier monotonicNanos, HttpMetrics metrics) {
        this.limits = limits;
        this.memory = memory;
        this.monotonicNanos = monotonicNanos;
        this.metrics = metrics;
    }

    /** Call when a connection can carry requests; {@link ConnectionLimit} has admitted it. */
    public void onConnect(HttpConnection connection) {
        UnfinishedHead head = UnfinishedHead.of(connection, memory, () -> onUnfinishedHead(connection));
        open.put(connection, new Client(head, deadlineAfter(limits.head())));
        connection.closeHandler(closed -> open.remove(connection));
    }

    /** Call when the head of a request is complete. */
    void onRequest(HttpServerRequest request) {
        Client client = open.get(request.connection());
        if (client == null) {
            return;
        }
        client.current = request;
        client.headStarted = false;
        client.deadline = hasBody(request) ? deadlineAfter(limits.body()) : NO_DEADLINE;
        request.response().bodyEndHandler(sent -> {
            // A pipelined request may have started, and a body may still arrive.
            if (client.current == request && client.deadline == NO_DEADLINE) {
                client.deadline = deadlineAfter(limits.idle());
            }
        });
    }

    /** Call when the body of a request is complete. */
    void onBody(HttpServerRequest request) {
        Client client = open.get(request.connection());
        if (client != null) {
            client.deadline = request.response().ended() ? deadlineAfter(limits.idle()) : NO_DEADLINE;
        }
    }

    /** Closes connections whose deadline has passed. */
    public void closeSlowClients() {
        long now = monotonicNanos.getAsLong();
        List<HttpConnection> slow = new ArrayList<>();
        open.forEach((connection, client) -> {
            if (client.deadline != NO_DEADLINE && now - client.deadline >= 0) {
                slow.add(connection);
            }
        });
        slow.forEach(this::closeSlow);
    }

    /**
     * Closes the connection of a slow client after pending responses are sent. If the client does not read them, the idle timeout
     * of the server closes it.
     */
    void closeSlow(HttpConnection connection) {
        close(connection, HttpMetrics.Cause.SLOW);
    }

    /** Starts the time limit of a head at its first byte; closes the largest unfinished heads while memory is exhausted. */
    private void onUnfinishedHead(HttpConnection connection) {
        Client client = open.get(connection);
        if (client != null && client.deadline != NO_DEADLINE && !client.headStarted && isAnswered(client)) {
            client.headStarted = true;
            client.deadline = deadlineAfter(limits.head());
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
            client.deadline = NO_DEADLINE;
            client.head.discard();
        }
        metrics.connectionClosed(cause);
        connection.close();
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    private long deadlineAfter(Duration wait) {
        return monotonicNanos.getAsLong() + wait.toNanos();
    }
}
