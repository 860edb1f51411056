package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.net.mqtt.ConnectFailure.Kind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a broker that comes back by itself, made of one Paho client an attempt.
 *
 * <p>Belongs to the context it is made on: every method is called there, every future completes and every listener
 * method is called there. Nothing here waits: files are read, sockets opened and closed on daemon threads of its own. An
 * attempt that does not end within its time is given up and its socket closed; a connection that leaves a message
 * unacknowledged for as long as the keep alive is taken for dead.
 */
public final class ReconnectingMqttConnection {
    private static final Duration CLOSED_WITHIN = Duration.ofMillis(1500);

    /** A connection that held this long was a good one: the waits between attempts begin anew. */
    private static final Duration STABLE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Context context;
    private final BrokerConnectionOptions options;
    private final MqttConnectionListener listener;
    private final MqttBackOff backOff;
    private final ProtocolNegotiation choice;
    private final WillNegotiation will;
    private final BrokerAddresses addresses;
    private final InboundLimiter inflow = new InboundLimiter();
    private final ExecutorService connector;

    /** Promises without an answer, with the moment (monotonic nanoseconds) they were made, oldest first. */
    private final Map<Promise<Void>, Long> outstanding = new LinkedHashMap<>();

    private @Nullable Attempt current;
    private @Nullable Future<Void> closed;
    private boolean connected;
    private long connectedAt;
    private long retryTimer = -1;
    private long watchdog = -1;

    /** Made on the context that shall own it; connects when {@link #open()} is called. */
    public ReconnectingMqttConnection(Vertx vertx, BrokerConnectionOptions options, MqttConnectionListener listener) {
        this(vertx, options, BrokerAddresses.of(options.server()), listener);
    }

    /** With addresses that a test chooses. */
    ReconnectingMqttConnection(
            Vertx vertx, BrokerConnectionOptions options, BrokerAddresses addresses, MqttConnectionListener listener) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.options = options;
        this.listener = listener;
        this.backOff = new MqttBackOff(
                options.retry(), () -> ThreadLocalRandom.current().nextDouble());
        this.choice = new ProtocolNegotiation(options.version());
        this.will = new WillNegotiation(options.will());
        this.addresses = addresses;
        this.connector = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "mqtt-connector");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to connect, and goes on until {@link #close()}. Called once. */
    public void open() {
        attempt();
    }

    public boolean isConnected() {
        return connected;
    }

    /** Messages that arrived faster than the owner took them and were dropped, since start. Safe for every thread. */
    public long droppedMessages() {
        return inflow.dropped();
    }

    /** Sends one message; succeeds when the broker has acknowledged it, fails with {@link PublishFailure}. */
    public Future<Void> publish(MqttMessage message) {
        return asked((connection, outcome) -> connection.publish(message, outcome));
    }

    /** Subscribes for as long as this connection lasts. */
    public Future<Void> subscribe(String filter, int qos) {
        return asked((connection, outcome) -> connection.subscribe(filter, qos, outcome));
    }

    /**
     * Subscribes for as long as this connection lasts to what others publish. On MQTT 5 our own messages stay away (no
     * local), and a message that is to be retained is marked so when it comes at once, too (retain as published); 3.1.1
     * knows neither.
     */
    public Future<Void> subscribeToOthers(String filter, int qos) {
        return asked((connection, outcome) -> connection.subscribeToOthers(filter, qos, outcome));
    }

    /**
     * Subscribes for as long as this connection lasts to what others publish from now on: on MQTT 5 neither our own messages
     * nor retained ones arrive. On 3.1.1 this is {@link #subscribe}.
     */
    public Future<Void> subscribeToOthersFromNow(String filter, int qos) {
        return asked((connection, outcome) -> connection.subscribeToOthersFromNow(filter, qos, outcome));
    }

    /** Ends a subscription. */
    public Future<Void> unsubscribe(String filter) {
        return asked((connection, outcome) -> connection.unsubscribe(filter, outcome));
    }

    /** Says goodbye, so that the broker publishes no will, and ends; within 2 seconds whatever the broker does. */
    public Future<Void> close() {
        Attempt up = current;
        PahoConnection connection = up == null ? null : up.connection();
        if (closed != null) {
            return closed;
        }
        Promise<Void> done = Promise.promise();
        closed = done.future();
        if (!connected || connection == null) {
            end(done);
            return done.future();
        }
        vertx.setTimer(CLOSED_WITHIN.toMillis(), id -> end(done));
        connector.execute(() -> connection.disconnect(() -> context.runOnContext(v -> end(done))));
        return done.future();
    }

    /** Ends without goodbye, so that the broker publishes the will. */
    public Future<Void> closeAbruptly() {
        if (closed == null) {
            Promise<Void> done = Promise.promise();
            closed = done.future();
            end(done);
        }
        return closed;
    }

    private void end(Promise<Void> done) {
        vertx.cancelTimer(retryTimer);
        connected = false;
        drop();
        connector.shutdown();
        done.tryComplete();
    }

    private void attempt() {
        if (closed != null) {
            return;
        }
        Attempt attempt = new Attempt();
        current = attempt;
        attempt.deadline = vertx.setTimer(
                options.connectTimeout().toMillis(),
                id -> onFailed(attempt, new ConnectFailure(Kind.TIMEOUT, "no answer in time")));
        Version version = choice.next();
        BrokerConnectionOptions adapted = options.withWill(will.next());
        connector.execute(() -> connect(attempt, adapted, version));
    }

    /** On the connector's thread. */
    private void connect(Attempt attempt, BrokerConnectionOptions adapted, Version version) {
        PahoConnection connection = version == Version.V3
                ? new PahoV3(vertx, adapted, addresses, attempt)
                : new PahoV5(vertx, adapted, addresses, attempt);
        attempt.version = version;
        if (!attempt.begin(connection)) {
            connection.abort();
            return;
        }
        try {
            connection.connect();
        } catch (MqttTls.MqttTlsException e) {
            attempt.onFailed(new ConnectFailure(Kind.TLS, MqttErrorTexts.said(e)));
        } catch (RuntimeException e) {
            attempt.onFailed(new ConnectFailure(Kind.UNREACHABLE, MqttErrorTexts.said(e)));
        }
    }

    private void onConnected(Attempt attempt, BrokerLimits limits) {
        if (attempt != current || connected || closed != null) {
            return;
        }
        vertx.cancelTimer(attempt.deadline);
        connected = true;
        connectedAt = System.nanoTime();
        choice.worked();
        addresses.onAccepted();
        watchdog = vertx.setPeriodic(1000, id -> lookForSilence(attempt));
        listener.onConnected(new MqttConnectionListener.Session(attempt.version, limits));
    }

    private void lookForSilence(Attempt attempt) {
        if (!outstanding.isEmpty()
                && System.nanoTime() - outstanding.values().iterator().next()
                        > options.keepAlive().toNanos()) {
            onLost(
                    attempt,
                    "the broker has not acknowledged for " + options.keepAlive().toSeconds() + " seconds");
        }
    }

    private void onFailed(Attempt attempt, ConnectFailure problem) {
        if (attempt != current || closed != null) {
            return;
        }
        if (connected) {
            onLost(attempt, problem.detail());
            return;
        }
        drop();
        if (will.simplifies(problem) || choice.fallsBack(problem)) {
            attempt();
            return;
        }
        will.reset();
        if (problem.kind() != Kind.CREDENTIALS) {
            addresses.onUnanswered();
        }
        Duration wait = problem.kind() == Kind.CREDENTIALS ? backOff.afterRefusal() : backOff.next();
        later(wait);
        listener.onConnectFailed(problem, wait);
    }

    private void onLost(Attempt attempt, String reason) {
        if (attempt != current || closed != null) {
            return;
        }
        if (!connected) {
            onFailed(attempt, new ConnectFailure(Kind.CLOSED, reason));
            return;
        }
        connected = false;
        will.reset();
        if (System.nanoTime() - connectedAt >= STABLE.toNanos()) {
            backOff.reset();
        }
        drop();
        Duration wait = backOff.next();
        later(wait);
        listener.onLost(reason, wait);
    }

    private void later(Duration wait) {
        retryTimer = vertx.setTimer(wait.toMillis(), id -> attempt());
    }

    /** Forgets the current attempt or connection, and tells everybody who waits for an answer of it. */
    private void drop() {
        vertx.cancelTimer(watchdog);
        Attempt gone = current;
        current = null;
        if (gone != null) {
            vertx.cancelTimer(gone.deadline);
            gone.giveUp();
        }
        List<Promise<Void>> waiting = new ArrayList<>(outstanding.keySet());
        outstanding.clear();
        PublishFailure lost = new PublishFailure(PublishFailure.Kind.LOST, "the connection went away");
        waiting.forEach(promise -> promise.tryFail(lost));
    }

    private Future<Void> asked(BiConsumer<PahoConnection, Consumer<@Nullable PublishFailure>> step) {
        Attempt up = current;
        PahoConnection connection = up == null ? null : up.connection();
        if (!connected || connection == null) {
            return Future.failedFuture(new PublishFailure(PublishFailure.Kind.NOT_CONNECTED, "not connected"));
        }
        Promise<Void> promise = Promise.promise();
        Answer answer = new Answer(promise);
        outstanding.put(promise, System.nanoTime());
        step.accept(connection, answer);
        answer.handedOver();
        return promise.future();
    }

    /** Brings an outcome from Paho's thread to ours; one told during the call itself, at once. */
    private final class Answer implements Consumer<@Nullable PublishFailure> {
        private final Promise<Void> promise;
        private final Thread caller = Thread.currentThread();
        private volatile boolean calling = true;

        Answer(Promise<Void> promise) {
            this.promise = promise;
        }

        void handedOver() {
            calling = false;
        }

        @Override
        public void accept(@Nullable PublishFailure problem) {
            if (calling && Thread.currentThread() == caller) {
                settle(problem);
            } else {
                context.runOnContext(v -> settle(problem));
            }
        }

        private void settle(@Nullable PublishFailure problem) {
            outstanding.remove(promise);
            if (problem == null) {
                promise.tryComplete();
            } else {
                promise.tryFail(problem);
            }
        }
    }

    /** One attempt, and the connection that came of it. Its events arrive on Paho's threads and hop to ours. */
    private final class Attempt implements PahoConnection.Events {
        private volatile Version version = Version.V5;
        private long deadline;
        private @Nullable PahoConnection connection;
        private boolean givenUp;

        synchronized @Nullable PahoConnection connection() {
            return connection;
        }

        synchronized boolean begin(PahoConnection fresh) {
            connection = fresh;
            return !givenUp;
        }

        void giveUp() {
            PahoConnection known;
            synchronized (this) {
                givenUp = true;
                known = connection;
            }
            if (known != null) {
                known.abort();
            }
        }

        @Override
        public void onConnected(BrokerLimits limits) {
            context.runOnContext(v -> ReconnectingMqttConnection.this.onConnected(this, limits));
        }

        @Override
        public void onFailed(ConnectFailure problem) {
            context.runOnContext(v -> ReconnectingMqttConnection.this.onFailed(this, problem));
        }

        @Override
        public void onLost(String reason) {
            context.runOnContext(v -> ReconnectingMqttConnection.this.onLost(this, reason));
        }

        @Override
        public void onMessage(MqttMessage message) {
            if (!inflow.admit()) {
                return;
            }
            context.runOnContext(v -> {
                inflow.taken();
                if (current == this) {
                    listener.onMessage(message);
                }
            });
        }
    }
}
