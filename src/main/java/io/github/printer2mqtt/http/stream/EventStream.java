package io.github.printer2mqtt.http.stream;

import io.github.printer2mqtt.alert.AlertService;
import io.github.printer2mqtt.fleet.CombinedFleet;
import io.github.printer2mqtt.http.list.ListQuery;
import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.HttpMetrics;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.model.Alert;
import io.github.printer2mqtt.vertx.FaultIsolation;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * The event stream and its clients (docs/decisions/064). Belongs to the event loop of the API, to which the connections belong
 * too; clients are served in groups, so that other requests are answered in between.
 */
public final class EventStream {
    /** Between two looks for changes of numbers, which are sent together; while there are clients. */
    private static final long NUMBERS_MILLIS = 20;

    private static final long NO_TIMER = -1;

    /** A web page that knows this can tell a quiet fleet from a dead connection; proxies do not close it. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** For a snapshot to be read, since its bytes are kept meanwhile. */
    private static final Duration MAX_SNAPSHOT_TIME = Duration.ofSeconds(30);

    /** How long messages are kept for clients that come back, after the last one has gone. */
    private static final Duration FOLLOW_ALONE = Duration.ofMinutes(5);

    /** Served at once, which takes about three milliseconds. */
    private static final int GROUP = 200;

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final int MIN_RETRY_MILLIS = 1000;
    private static final int MAX_RETRY_MILLIS = 3000;

    private final Vertx vertx;
    private final Context context;
    private final AlertService alerts;
    private final StreamSource source;
    private final WallView wall;
    private final int maxClients;
    private final HttpMetrics metrics;
    private final Map<HttpServerResponse, StreamClient> clients = new HashMap<>();
    private final Set<StreamClient> ready = new LinkedHashSet<>();
    private long heartbeatTimer = NO_TIMER;
    private long numbersTimer = NO_TIMER;
    private boolean serving;
    private boolean stopped;
    private long usedAtNanos;

    /**
     * Must be created on the event loop of the API.
     *
     * @param startId differs at each start of the bridge
     * @param maxClients further ones get 503
     * @param workers makes large snapshots
     */
    public EventStream(
            Vertx vertx,
            CombinedFleet fleet,
            AlertService alerts,
            String startId,
            int maxClients,
            WorkerExecutor workers,
            HttpMetrics metrics) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.alerts = alerts;
        this.wall = new WallView(alerts);
        this.source = new StreamSource(
                fleet, () -> context.runOnContext(woken -> drain()), startId, workers, System::nanoTime);
        this.maxClients = maxClients;
        this.metrics = metrics;
    }

    /** Lets fleet and alerts report what happens. */
    public void start() {
        source.start();
        alerts.addListener(change -> context.runOnContext(moved -> add(change)));
        heartbeatTimer = vertx.setPeriodic(HEARTBEAT.toMillis(), tick -> onHeartbeat());
    }

    /** Ends all streams. */
    public void stop() {
        stopped = true;
        vertx.cancelTimer(heartbeatTimer);
        ready.clear();
        List.copyOf(clients.values()).forEach(StreamClient::end);
    }

    /**
     * The response to a new client, which may resume by the header {@code Last-Event-ID}. {@link #leave} must be called when
     * it is over.
     *
     * @param isAllowed whether the client may still follow; asked at each heartbeat and whenever a right has ended
     * @throws Problem.HttpProblemException if a parameter is wrong or there are too many clients
     */
    public ApiResponse open(HttpServerRequest request, BooleanSupplier isAllowed) {
        return open(request, StreamFilter.of(ListQuery.parse(request.query())), isAllowed);
    }

    /** As {@link #open}, with what a wall screen may show. */
    public ApiResponse openWall(HttpServerRequest request, BooleanSupplier isAllowed) {
        return open(request, wall, isAllowed);
    }

    private ApiResponse open(HttpServerRequest request, StreamView view, BooleanSupplier isAllowed) {
        if (clients.size() >= maxClients) {
            throw Problem.of(503, "busy", maxClients + " streams are open already, which is the maximum")
                    .withHeader("Retry-After", "5")
                    .asException();
        }
        return ApiResponse.continuous("text/event-stream", response -> join(request, view, isAllowed))
                .withHeader("Cache-Control", "no-store, no-transform")
                // Tells nginx not to collect the response before it passes it on.
                .withHeader("X-Accel-Buffering", "no");
    }

    private void join(HttpServerRequest request, StreamView view, BooleanSupplier isAllowed) {
        StreamClient client = new StreamClient(request, view, isAllowed, source, metrics, this::serve);
        source.follow();
        drain();
        clients.put(request.response(), client);
        onClientsChanged();
        // At different times, because all clients come back at once when the bridge restarts.
        int retryMillis = ThreadLocalRandom.current().nextInt(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS);
        client.open(request.getHeader(LAST_EVENT_ID), retryMillis);
        if (stopped) {
            client.end();
        }
    }

    /** To be called when the response to a request is over; does nothing if it was no stream. */
    public void leave(HttpServerRequest request) {
        StreamClient client = clients.remove(request.response());
        if (client != null) {
            client.closed();
            ready.remove(client);
            onClientsChanged();
        }
    }

    /** Ends the streams of clients that may not follow any more. May be called on any thread. */
    public void endWithoutRight() {
        context.runOnContext(called -> List.copyOf(clients.values()).forEach(StreamClient::endWithoutRight));
    }

    private void onClientsChanged() {
        usedAtNanos = System.nanoTime();
        metrics.setStreams(clients.size());
        if (clients.isEmpty()) {
            vertx.cancelTimer(numbersTimer);
            numbersTimer = NO_TIMER;
        } else if (numbersTimer == NO_TIMER) {
            numbersTimer = vertx.setPeriodic(NUMBERS_MILLIS, tick -> lookForNumbers());
        }
    }

    private void lookForNumbers() {
        if (source.hasContent()) {
            drain();
        }
    }

    private void drain() {
        if (source.isFollowing()) {
            source.drain();
            serveAll();
        }
    }

    private void add(Alert.Change change) {
        source.drain();
        source.add(change);
        serveAll();
    }

    private void serveAll() {
        ready.addAll(clients.values());
        serveNext();
    }

    private void serve(StreamClient client) {
        ready.add(client);
        serveNext();
    }

    /** Serves one group, unless one is being served or the next is due soon. */
    private void serveNext() {
        if (serving) {
            return;
        }
        serving = true;
        List<StreamClient> group = new ArrayList<>(Math.min(GROUP, ready.size()));
        for (Iterator<StreamClient> next = ready.iterator(); next.hasNext() && group.size() < GROUP; next.remove()) {
            group.add(next.next());
        }
        FaultIsolation.forEach("serving a client of the event stream", group, StreamClient::pump);
        if (ready.isEmpty()) {
            serving = false;
        } else {
            // By a timer: the event loop runs all of its tasks before it looks at connections again.
            vertx.setTimer(1, due -> {
                serving = false;
                serveNext();
            });
        }
    }

    private void onHeartbeat() {
        source.dropOldSnapshots();
        long now = System.nanoTime();
        if (clients.isEmpty()) {
            if (source.isFollowing() && now - usedAtNanos > FOLLOW_ALONE.toNanos()) {
                source.unfollow();
            }
            return;
        }
        for (StreamClient client : List.copyOf(clients.values())) {
            client.endWithoutRight();
            if (client.isReadingSince(now - MAX_SNAPSHOT_TIME.toNanos())) {
                client.disconnect();
            } else {
                client.requestHeartbeat();
            }
        }
    }
}
