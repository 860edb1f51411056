package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure;
import io.github.printer2mqtt.net.mqtt.client.MqttMessage;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** An open connection on a context of its own, and what its listener received. */
final class ConnectionOwner implements MqttConnectionListener {
    static final BrokerConnectionOptions.Retry FAST_RETRY =
            new BrokerConnectionOptions.Retry(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(60));

    final List<MqttConnectionListener.Session> sessions = new CopyOnWriteArrayList<>();
    final List<ConnectFailure> failures = new CopyOnWriteArrayList<>();
    final List<String> losses = new CopyOnWriteArrayList<>();
    final List<MqttMessage> messages = new CopyOnWriteArrayList<>();
    final List<Duration> waits = new CopyOnWriteArrayList<>();
    final List<Boolean> onOwnContext = new CopyOnWriteArrayList<>();
    private final Context context;
    final ReconnectingMqttConnection connection;

    ConnectionOwner(Vertx vertx, BrokerConnectionOptions options) {
        this.context = vertx.getOrCreateContext();
        this.connection = Await.done(on(() -> {
            ReconnectingMqttConnection fresh = new ReconnectingMqttConnection(vertx, options, this);
            fresh.open();
            return Future.succeededFuture(fresh);
        }));
    }

    <T> Future<T> on(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        context.runOnContext(v -> work.get().onComplete(done));
        return done.future();
    }

    Future<Void> publish(String topic, String text) {
        return publish(MqttMessage.nonRetained(topic, text.getBytes(StandardCharsets.UTF_8), 1));
    }

    Future<Void> publish(MqttMessage message) {
        return on(() -> connection.publish(message));
    }

    /** Closes the connection and returns how long that took. */
    Duration close() {
        long begin = System.nanoTime();
        Await.done(on(connection::close));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public void onConnected(MqttConnectionListener.Session session) {
        onOwnContext.add(Vertx.currentContext() == context);
        sessions.add(session);
    }

    @Override
    public void onLost(String reason, Duration nextAttemptIn) {
        losses.add(reason);
    }

    @Override
    public void onConnectFailed(ConnectFailure problem, Duration nextAttemptIn) {
        waits.add(nextAttemptIn);
        failures.add(problem);
    }

    @Override
    public void onMessage(MqttMessage message) {
        onOwnContext.add(Vertx.currentContext() == context);
        messages.add(message);
    }
}
