package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.config.MqttConfig.Version;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect to a broker and the connection that results from it, by either Paho library. Safe for every
 * thread; outcomes and events arrive on Paho's threads or during the call itself.
 */
final class PahoConnection {
    private final Vertx vertx;
    private final BrokerConnectionOptions options;
    private final Version version;
    private final BrokerAddresses addresses;
    private final Events events;
    private final PahoExecutor threads;
    private final AbortableSocket socket = new AbortableSocket();
    private volatile @Nullable PahoClient client;

    /** Is notified about the connection, on Paho's threads. */
    interface Events {
        void onConnected(BrokerLimits limits);

        void onFailed(ConnectFailure failure);

        void onLost(String reason);

        void onMessage(MqttMessage message);
    }

    /** @param version V5 or V3 */
    PahoConnection(
            Vertx vertx, BrokerConnectionOptions options, Version version, BrokerAddresses addresses, Events events) {
        this.vertx = vertx;
        this.options = options;
        this.version = version;
        this.addresses = addresses;
        this.events = events;
        this.threads = new PahoExecutor("mqtt-" + options.clientId());
    }

    /** Starts to connect. Reads certificate files, so it may block, but does not wait for the network. */
    void connect() throws MqttTls.MqttTlsException {
        PahoClient.Transport transport = new PahoClient.Transport(
                options, BrokerSocket.Factory.of(vertx, options, addresses, socket), socket, threads);
        Listener listener = new Listener();
        try {
            PahoClient fresh = version == Version.V3 ? new PahoV3(transport) : new PahoV5(transport);
            client = fresh;
            fresh.connect(listener);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // the MqttException of either library
            listener.onConnectFailed(e);
        }
    }

    void publish(MqttMessage message, Consumer<@Nullable PublishFailure> outcome) {
        call(outcome, paho -> paho.publish(message, outcome));
    }

    void subscribe(
            String filter, int qos, PahoClient.SubscriptionMode mode, Consumer<@Nullable PublishFailure> outcome) {
        call(outcome, paho -> paho.subscribe(filter, qos, mode, outcome));
    }

    void unsubscribe(String filter, Consumer<@Nullable PublishFailure> outcome) {
        call(outcome, paho -> paho.unsubscribe(filter, outcome));
    }

    /** Sends a DISCONNECT, so that the broker publishes no will; {@code done} is called whatever comes of it. */
    void disconnect(Runnable done) {
        call(failure -> done.run(), paho -> paho.disconnect(done));
    }

    /** Closes the socket without a DISCONNECT and lets the threads end. May be called at any time and repeatedly. */
    void abort() {
        threads.retireAfter(socket::abort);
    }

    private interface Call {
        void on(PahoClient paho) throws Exception;
    }

    private void call(Consumer<@Nullable PublishFailure> outcome, Call call) {
        PahoClient known = client;
        if (known == null) {
            outcome.accept(PublishFailure.notConnected());
            return;
        }
        try {
            call.on(known);
        } catch (IllegalArgumentException | IllegalStateException e) {
            outcome.accept(new PublishFailure(PublishFailure.Kind.REFUSED, MqttErrorTexts.oneLine(e)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // the MqttException of either library
            outcome.accept(MqttErrorTexts.publishFailure(e));
        }
    }

    private final class Listener implements PahoClient.Listener {
        @Override
        public void onConnected(BrokerLimits limits) {
            events.onConnected(limits);
        }

        @Override
        public void onConnectFailed(Throwable failure) {
            events.onFailed(MqttErrorTexts.connectFailure(version, failure, socket));
        }

        @Override
        public void onLost(int code, @Nullable Throwable failure) {
            events.onLost(MqttErrorTexts.lost(code, failure));
        }

        @Override
        public void onMessage(MqttMessage message) {
            events.onMessage(message);
        }
    }
}
