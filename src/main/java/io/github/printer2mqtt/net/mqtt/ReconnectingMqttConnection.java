package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.net.mqtt.client.BrokerAddresses;
import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import io.github.printer2mqtt.net.mqtt.client.BrokerLimits;
import io.github.printer2mqtt.net.mqtt.client.BrokerSocketFactory;
import io.github.printer2mqtt.net.mqtt.client.ConnectAttempt;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure.Kind;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.net.mqtt.client.PahoClient;
import io.github.printer2mqtt.net.mqtt.client.PahoClient.SubscriptionMode;
import io.github.printer2mqtt.net.mqtt.client.PublishFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a broker that reconnects by itself, with a new Paho client for each attempt.
 *
 * <p>Belongs to the context that creates it: methods are called, futures complete and the listener is called there. Nothing
 * blocks: files are read and sockets opened and closed on daemon threads. An attempt that exceeds its timeout is aborted; a
 * connection with a message unacknowledged for the keep alive interval counts as lost, one whose ownership was lost counts as
 * not connected, hands on no message and is not renewed.
 */
public final class ReconnectingMqttConnection implements ConnectAttempt.Owner {
    /** Shorter than the keep alive, whose responses are read by the thread that waits. */
    private static final Duration MAX_INBOUND_WAIT = Duration.ofSeconds(5);

    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(1500);

    /** A connection that lasted this long resets the back-off. */
    private static final Duration STABLE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Context context;
    private final BrokerConnectionOptions options;
    private final MqttConnectionListener listener;
    private final MqttBackOff backOff;
    private final ProtocolNegotiation protocol;
    private final WillNegotiation will;
    private final BrokerAddresses addresses;
    private final InboundLimiter inbound;
    private final PendingAcknowledgements pending;
    private final ExecutorService connector;

    private @Nullable ConnectAttempt current;
    private @Nullable Future<Void> closed;
    private boolean connected;
    private long connectedAt;
    private long retryTimer = -1;
    private long watchdog = -1;
    private long deadline = -1;

    /** Must be called on the context that is to own the connection. */
    public ReconnectingMqttConnection(Vertx vertx, BrokerConnectionOptions options, MqttConnectionListener listener) {
        this(vertx, options, BrokerAddresses.of(options.server()), listener, Duration.ZERO);
    }

    /** The same for messages none of which may be lost: a broker that sends faster than they are handled is slowed down. */
    public static ReconnectingMqttConnection slowingSender(
            Vertx vertx, BrokerConnectionOptions options, MqttConnectionListener listener) {
        return new ReconnectingMqttConnection(
                vertx, options, BrokerAddresses.of(options.server()), listener, MAX_INBOUND_WAIT);
    }

    /** For tests that choose the addresses. */
    ReconnectingMqttConnection(
            Vertx vertx,
            BrokerConnectionOptions options,
            BrokerAddresses addresses,
            MqttConnectionListener listener,
            Duration inboundWait) {
        this.inbound = new InboundLimiter(inboundWait);
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.options = options;
        this.listener = listener;
        this.backOff = new MqttBackOff(
                options.retry(), () -> ThreadLocalRandom.current().nextDouble());
        this.protocol = new ProtocolNegotiation(options.version());
        this.will = new WillNegotiation(options.will());
        this.addresses = addresses;
        this.pending = new PendingAcknowledgements(context);
        this.connector = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "mqtt-connector");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts to connect, and reconnects until {@link #close()}. Called once. */
    public void open() {
        attempt();
    }

    public boolean isConnected() {
        return connection() != null;
    }

    /** Messages dropped since start because they arrived faster than they were handled. Safe for every thread. */
    public long droppedMessages() {
        return inbound.dropped();
    }

    /** Sends one message; succeeds when the broker has acknowledged it, fails with {@link PublishFailure}. */
    public Future<Void> publish(MqttMessage message) {
        return send((paho, outcome) -> paho.publish(message, outcome));
    }

    /** Subscribes until this connection is lost. */
    public Future<Void> subscribe(String filter, int qos) {
        return subscribe(filter, qos, SubscriptionMode.ALL);
    }

    /**
     * Subscribes, until this connection is lost, to what others publish. On MQTT 5 our own messages do not arrive (no
     * local), and a message that was published with retain keeps the flag when it is delivered live (retain as
     * published); 3.1.1 supports neither.
     */
    public Future<Void> subscribeToOthers(String filter, int qos) {
        return subscribe(filter, qos, SubscriptionMode.OTHERS);
    }

    /**
     * Subscribes, until this connection is lost, to what others publish from now on: on MQTT 5 neither our own messages
     * nor retained ones arrive. On 3.1.1 this is {@link #subscribe}.
     */
    public Future<Void> subscribeToOthersFromNow(String filter, int qos) {
        return subscribe(filter, qos, SubscriptionMode.OTHERS_FROM_NOW);
    }

    private Future<Void> subscribe(String filter, int qos, SubscriptionMode mode) {
        return send((paho, outcome) -> paho.subscribe(filter, qos, mode, outcome));
    }

    public Future<Void> unsubscribe(String filter) {
        return send((paho, outcome) -> paho.unsubscribe(filter, outcome));
    }

    /** Disconnects, so that the broker publishes no will; completes within 2 seconds even if the broker hangs. */
    public Future<Void> close() {
        ConnectAttempt connection = connection();
        if (closed != null) {
            return closed;
        }
        if (connection == null) {
            return closeAbruptly();
        }
        Promise<Void> done = Promise.promise();
        closed = done.future();
        vertx.setTimer(CLOSE_TIMEOUT.toMillis(), id -> release(done));
        connector.execute(
                () -> connection.send(PahoClient::disconnect, outcome -> context.runOnContext(v -> release(done))));
        return done.future();
    }

    /** Closes the socket without a DISCONNECT, so that the broker publishes the will. */
    public Future<Void> closeAbruptly() {
        if (closed == null) {
            Promise<Void> done = Promise.promise();
            closed = done.future();
            release(done);
        }
        return closed;
    }

    private void release(Promise<Void> done) {
        vertx.cancelTimer(retryTimer);
        connected = false;
        discardAttempt();
        connector.shutdown();
        done.tryComplete();
    }

    private void attempt() {
        if (closed != null || !options.ownership().isHeld()) {
            return;
        }
        ConnectAttempt attempt = new ConnectAttempt(this, context, protocol.next(), options.clientId());
        current = attempt;
        deadline = vertx.setTimer(
                options.connectTimeout().toMillis(),
                id -> onFailed(attempt, new ConnectFailure(Kind.TIMEOUT, "no response in time")));
        BrokerConnectionOptions adapted = options.withWill(will.next());
        connector.execute(() -> attempt.connect(adapted, socket -> BrokerSocketFactory.of(adapted, addresses, socket)));
    }

    @Override
    public void onConnected(ConnectAttempt attempt, BrokerLimits limits) {
        if (attempt != current || connected || closed != null) {
            return;
        }
        if (!options.ownership().isHeld()) {
            discardAttempt();
            return;
        }
        vertx.cancelTimer(deadline);
        connected = true;
        connectedAt = System.nanoTime();
        protocol.onAccepted();
        addresses.onAccepted();
        watchdog = vertx.setPeriodic(1000, id -> checkAcknowledgements(attempt));
        listener.onConnected(new MqttConnectionListener.Session(attempt.version(), limits));
    }

    private void checkAcknowledgements(ConnectAttempt attempt) {
        if (pending.isOverdue(options.keepAlive())) {
            onLost(attempt, "no acknowledgement within " + options.keepAlive().toSeconds() + " s");
        }
    }

    @Override
    public void onFailed(ConnectAttempt attempt, ConnectFailure failure) {
        if (attempt != current || closed != null) {
            return;
        }
        if (connected) {
            onLost(attempt, failure.detail());
            return;
        }
        discardAttempt();
        if (will.simplifies(failure) || protocol.switchesVersion(failure)) {
            attempt();
            return;
        }
        will.reset();
        if (failure.kind() != Kind.CREDENTIALS) {
            addresses.onUnanswered();
        }
        Duration wait = failure.kind() == Kind.CREDENTIALS ? backOff.afterRefusal() : backOff.next();
        retryTimer = vertx.setTimer(wait.toMillis(), id -> attempt());
        listener.onConnectFailed(failure, wait);
    }

    @Override
    public void onLost(ConnectAttempt attempt, String reason) {
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
        discardAttempt();
        Duration wait = backOff.next();
        retryTimer = vertx.setTimer(wait.toMillis(), id -> attempt());
        listener.onLost(reason, wait);
    }

    /** Called on Paho's threads. */
    @Override
    public void onMessage(ConnectAttempt attempt, MqttMessage message) {
        if (!inbound.acquire()) {
            return;
        }
        context.runOnContext(v -> {
            inbound.release();
            if (current == attempt && options.ownership().isHeld()) {
                listener.onMessage(message);
            }
        });
    }

    /** Aborts the current attempt or connection and fails everything that waits for an acknowledgement on it. */
    private void discardAttempt() {
        vertx.cancelTimer(watchdog);
        ConnectAttempt discarded = current;
        current = null;
        if (discarded != null) {
            vertx.cancelTimer(deadline);
            discarded.abort();
        }
        pending.failAll(PublishFailure.lost());
    }

    private @Nullable ConnectAttempt connection() {
        return connected && options.ownership().isHeld() ? current : null;
    }

    private Future<Void> send(ConnectAttempt.Request request) {
        ConnectAttempt connection = connection();
        return connection == null
                ? Future.failedFuture(PublishFailure.notConnected())
                : pending.send(outcome -> connection.send(request, outcome));
    }
}
