package io.github.printer2mqtt.net.mqtt.client;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.net.mqtt.client.ConnectFailure.Kind;
import io.vertx.core.Context;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect, by either Paho library, and the connection that results from it. Reports to its owner on the
 * owner's context. Safe for every thread.
 */
public final class ConnectAttempt {
    private final Owner owner;
    private final Context context;
    private final Version version;
    private final PahoExecutor threads;
    private final AbortableSocket socket = new AbortableSocket();
    private volatile @Nullable PahoClient client;
    private volatile boolean aborted;

    /** The connection that an attempt belongs to. All but {@link #onMessage} is called on its context. */
    public interface Owner {
        void onConnected(ConnectAttempt attempt, BrokerLimits limits);

        void onFailed(ConnectAttempt attempt, ConnectFailure failure);

        void onLost(ConnectAttempt attempt, String reason);

        /** Called on Paho's callback thread; blocking it slows the sender down. */
        void onMessage(ConnectAttempt attempt, MqttMessage message);
    }

    /** Creates the sockets of an attempt; may read certificate files. */
    public interface Sockets {
        BrokerSocketFactory create(AbortableSocket socket) throws MqttTls.MqttTlsException;
    }

    /** @param version V5 or V3 */
    public ConnectAttempt(Owner owner, Context context, Version version, String clientId) {
        this.owner = owner;
        this.context = context;
        this.version = version;
        this.threads = new PahoExecutor("mqtt-" + clientId);
    }

    public Version version() {
        return version;
    }

    /**
     * Starts to connect, unless the ownership was lost meanwhile: the client id belongs to the next owner. Reads certificate
     * files, so it may block, but does not wait for the network.
     */
    public void connect(BrokerConnectionOptions options, Sockets source) {
        if (aborted || !options.ownership().isHeld()) {
            return;
        }
        try {
            BrokerSocketFactory sockets = source.create(socket);
            PahoClient.Transport transport = new PahoClient.Transport(options, sockets, socket, threads);
            PahoClient fresh = version == Version.V3 ? new PahoV3(transport) : new PahoV5(transport);
            client = fresh;
            fresh.connect(this);
        } catch (MqttTls.MqttTlsException e) {
            onFailed(new ConnectFailure(Kind.TLS, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            onFailed(new ConnectFailure(Kind.UNREACHABLE, MqttErrorTexts.oneLine(e)));
        } catch (Exception e) { // the MqttException of either library
            onConnectFailed(e);
        }
    }

    /** A packet to be sent; the outcome is null when the broker has acknowledged it. */
    public interface Request {
        void send(PahoClient paho, Consumer<@Nullable PublishFailure> outcome) throws Exception;
    }

    /** Sends a packet; the outcome arrives on Paho's threads or during the call itself. */
    public void send(Request request, Consumer<@Nullable PublishFailure> outcome) {
        PahoClient known = client;
        if (known == null) {
            outcome.accept(PublishFailure.notConnected());
            return;
        }
        try {
            request.send(known, outcome);
        } catch (IllegalArgumentException | IllegalStateException e) {
            outcome.accept(new PublishFailure(PublishFailure.Kind.REFUSED, MqttErrorTexts.oneLine(e)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // the MqttException of either library
            outcome.accept(MqttErrorTexts.publishFailure(e));
        }
    }

    /** Closes the socket without a DISCONNECT and lets the threads end. May be called at any time and repeatedly. */
    public void abort() {
        aborted = true;
        threads.retireAfter(socket::abort);
    }

    void onConnected(BrokerLimits limits) {
        context.runOnContext(v -> owner.onConnected(this, limits));
    }

    void onConnectFailed(Throwable failure) {
        onFailed(MqttErrorTexts.connectFailure(version, failure, socket));
    }

    private void onFailed(ConnectFailure failure) {
        context.runOnContext(v -> owner.onFailed(this, failure));
    }

    /** @param code reason code of MQTT 5 or of Paho, 0 if there is none */
    void onLost(int code, @Nullable Throwable failure) {
        String reason = MqttErrorTexts.lost(code, failure);
        context.runOnContext(v -> owner.onLost(this, reason));
    }

    void onMessage(MqttMessage message) {
        owner.onMessage(this, message);
    }
}
