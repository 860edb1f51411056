package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.net.mqtt.ConnectFailure.Kind;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a {@link ReconnectingMqttConnection} and the connection that results from it. Reports to its owner on
 * the owner's context. Safe for every thread.
 */
final class ConnectAttempt implements PahoConnection.Events {
    private final ReconnectingMqttConnection owner;
    private final Context context;
    private final Version version;
    private @Nullable PahoConnection connection;
    private boolean aborted;

    /** @param version V5 or V3 */
    ConnectAttempt(ReconnectingMqttConnection owner, Context context, Version version) {
        this.owner = owner;
        this.context = context;
        this.version = version;
    }

    Version version() {
        return version;
    }

    /** Null until {@link #connect} has started. */
    synchronized @Nullable PahoConnection connection() {
        return connection;
    }

    /** Reads certificate files, so it may block. */
    void connect(Vertx vertx, BrokerConnectionOptions options, BrokerAddresses addresses) {
        PahoConnection fresh = new PahoConnection(vertx, options, version, addresses, this);
        if (!adopt(fresh)) {
            fresh.abort();
            return;
        }
        try {
            fresh.connect();
        } catch (MqttTls.MqttTlsException e) {
            onFailed(new ConnectFailure(Kind.TLS, MqttErrorTexts.oneLine(e)));
        } catch (RuntimeException e) {
            onFailed(new ConnectFailure(Kind.UNREACHABLE, MqttErrorTexts.oneLine(e)));
        }
    }

    private synchronized boolean adopt(PahoConnection fresh) {
        connection = fresh;
        return !aborted;
    }

    void abort() {
        PahoConnection known;
        synchronized (this) {
            aborted = true;
            known = connection;
        }
        if (known != null) {
            known.abort();
        }
    }

    @Override
    public void onConnected(BrokerLimits limits) {
        context.runOnContext(v -> owner.onConnected(this, limits));
    }

    @Override
    public void onFailed(ConnectFailure failure) {
        context.runOnContext(v -> owner.onFailed(this, failure));
    }

    @Override
    public void onLost(String reason) {
        context.runOnContext(v -> owner.onLost(this, reason));
    }

    @Override
    public void onMessage(MqttMessage message) {
        owner.onMessage(this, message);
    }
}
