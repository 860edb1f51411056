package io.github.printer2mqtt.net.mqtt;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.ScheduledExecutorPingSender;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.internal.TCPNetworkModule;
import org.eclipse.paho.client.mqttv3.internal.websocket.WebSocketNetworkModule;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/** MQTT 3.1.1 by Paho. */
final class PahoV3 implements PahoConnection {
    /** What Paho allows in flight; the window above stays below it. */
    private static final int MAX_IN_FLIGHT = 1000;

    /** What the remaining length of a packet can say. */
    private static final long LARGEST_PACKET = 268_435_455;

    /** Paho wants one, and is given the network itself. */
    private static final String PAHO_URI = "tcp://localhost";

    private final Vertx vertx;
    private final BrokerConnectionOptions options;
    private final BrokerAddresses addresses;
    private final Events events;
    private final PahoExecutor threads;
    private final AbortableSocket socket = new AbortableSocket();
    private volatile @Nullable MqttAsyncClient client;

    PahoV3(Vertx vertx, BrokerConnectionOptions options, BrokerAddresses addresses, Events events) {
        this.vertx = vertx;
        this.options = options;
        this.addresses = addresses;
        this.events = events;
        this.threads = new PahoExecutor("mqtt-" + options.clientId());
    }

    @Override
    public void connect() throws MqttTls.MqttTlsException {
        try {
            MqttConnectOptions settings = settings();
            MqttAsyncClient fresh =
                    new Client(options, BrokerSocket.Factory.of(vertx, options, addresses, socket), socket, threads);
            fresh.setCallback(new Callback(events));
            client = fresh;
            fresh.connect(settings, null, new IMqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    events.onConnected(BrokerLimits.none(LARGEST_PACKET, options.keepAlive()));
                }

                @Override
                public void onFailure(IMqttToken token, Throwable failure) {
                    events.onFailed(MqttErrorTexts.connectV3(code(failure), failure, socket));
                }
            });
        } catch (MqttException e) {
            events.onFailed(MqttErrorTexts.connectV3(e.getReasonCode(), e, socket));
        }
    }

    private MqttConnectOptions settings() {
        MqttConnectOptions settings = new MqttConnectOptions();
        settings.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        settings.setAutomaticReconnect(false);
        settings.setCleanSession(true);
        settings.setKeepAliveInterval((int) options.keepAlive().toSeconds());
        settings.setConnectionTimeout((int) Math.max(1, options.connectTimeout().toSeconds()));
        settings.setMaxInflight(MAX_IN_FLIGHT);
        if (options.username() != null) {
            settings.setUserName(options.username());
        }
        if (options.password() != null) {
            settings.setPassword(options.password().reveal().toCharArray());
        }
        MqttMessage will = options.will();
        if (will != null) {
            settings.setWill(will.topic(), will.payload(), will.qos(), will.retained());
        }
        return settings;
    }

    @Override
    public void publish(MqttMessage message, Consumer<@Nullable PublishFailure> outcome) {
        tried(
                outcome,
                paho -> paho.publish(
                        message.topic(),
                        message.payload(),
                        message.qos(),
                        message.retained(),
                        null,
                        new Outcome(outcome)));
    }

    @Override
    public void subscribe(String filter, int qos, Consumer<@Nullable PublishFailure> outcome) {
        tried(outcome, paho -> paho.subscribe(filter, qos, null, new Outcome(outcome)));
    }

    /** Nothing tells our own messages from others' on this version. */
    @Override
    public void subscribeToOthers(String filter, int qos, Consumer<@Nullable PublishFailure> outcome) {
        subscribe(filter, qos, outcome);
    }

    /** Nor can it leave out what the broker has kept. */
    @Override
    public void subscribeToOthersFromNow(String filter, int qos, Consumer<@Nullable PublishFailure> outcome) {
        subscribe(filter, qos, outcome);
    }

    @Override
    public void unsubscribe(String filter, Consumer<@Nullable PublishFailure> outcome) {
        tried(outcome, paho -> paho.unsubscribe(filter, null, new Outcome(outcome)));
    }

    /** Something Paho is asked to do at once. */
    private interface Step {
        void take(MqttAsyncClient paho) throws MqttException;
    }

    private void tried(Consumer<@Nullable PublishFailure> outcome, Step step) {
        MqttAsyncClient known = client;
        if (known == null) {
            outcome.accept(new PublishFailure(PublishFailure.Kind.NOT_CONNECTED, "not connected"));
            return;
        }
        try {
            step.take(known);
        } catch (MqttException e) {
            outcome.accept(problem(e.getReasonCode(), e));
        } catch (IllegalArgumentException | IllegalStateException e) {
            outcome.accept(new PublishFailure(PublishFailure.Kind.REFUSED, MqttErrorTexts.said(e)));
        }
    }

    private static PublishFailure problem(int code, Throwable failure) {
        return switch (code) {
            case MqttException.REASON_CODE_MAX_INFLIGHT ->
                new PublishFailure(PublishFailure.Kind.WINDOW_FULL, "too many messages are unacknowledged");
            case MqttException.REASON_CODE_CLIENT_NOT_CONNECTED,
                    MqttException.REASON_CODE_CLIENT_CLOSED,
                    MqttException.REASON_CODE_CLIENT_DISCONNECTING ->
                new PublishFailure(PublishFailure.Kind.NOT_CONNECTED, "not connected");
            default -> new PublishFailure(PublishFailure.Kind.REFUSED, MqttErrorTexts.said(failure));
        };
    }

    private static int code(Throwable failure) {
        return failure instanceof MqttException known ? known.getReasonCode() : 0;
    }

    @Override
    public void disconnect(Runnable done) {
        MqttAsyncClient known = client;
        if (known == null) {
            done.run();
            return;
        }
        try {
            known.disconnect(0, null, new IMqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    done.run();
                }

                @Override
                public void onFailure(IMqttToken token, Throwable failure) {
                    done.run();
                }
            });
        } catch (MqttException e) {
            done.run();
        }
    }

    @Override
    public void abort() {
        threads.retireAfter(socket::abort);
    }

    private record Outcome(Consumer<@Nullable PublishFailure> outcome) implements IMqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            int[] granted = token.getGrantedQos();
            if (granted != null && granted.length > 0 && MqttErrorTexts.refuses(granted[0])) {
                outcome.accept(new PublishFailure(PublishFailure.Kind.REFUSED, "refused by the broker"));
            } else {
                outcome.accept(null);
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            outcome.accept(
                    code(failure) == MqttException.REASON_CODE_SUBSCRIBE_FAILED
                            ? new PublishFailure(PublishFailure.Kind.REFUSED, "refused by the broker")
                            : new PublishFailure(PublishFailure.Kind.LOST, "the connection went away"));
        }
    }

    private record Callback(Events events) implements MqttCallback {
        @Override
        public void connectionLost(@Nullable Throwable failure) {
            events.onLost(MqttErrorTexts.lost(failure == null ? 0 : code(failure), failure));
        }

        @Override
        public void messageArrived(String topic, org.eclipse.paho.client.mqttv3.MqttMessage message) {
            events.onMessage(new MqttMessage(
                    topic, message.getPayload(), message.getQos(), message.isRetained(), null, null, null));
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // Each publish has a listener of its own.
        }
    }

    /** Paho's client with our way of closing and reading. */
    private static final class Client extends MqttAsyncClient {
        private final BrokerConnectionOptions options;
        private final BrokerSocket.Factory sockets;
        private final AbortableSocket socket;
        private final PahoExecutor threads;

        Client(
                BrokerConnectionOptions options,
                BrokerSocket.Factory sockets,
                AbortableSocket socket,
                PahoExecutor threads)
                throws MqttException {
            super(
                    PAHO_URI,
                    options.clientId(),
                    new MemoryPersistence(),
                    new ScheduledExecutorPingSender(threads),
                    threads);
            this.options = options;
            this.sockets = sockets;
            this.socket = socket;
            this.threads = threads;
        }

        @Override
        protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions settings) {
            BrokerAddress server = options.server();
            // No lookup by Paho: the socket knows where to connect.
            TCPNetworkModule module = server.transport().isWebSocket()
                    ? new WebSocketNetworkModule(
                            sockets, server.pahoUri(), server.host(), server.port(), options.clientId(), null)
                    : new TCPNetworkModule(sockets, "127.0.0.1", server.port(), options.clientId());
            module.setConnectTimeout(settings.getConnectionTimeout());
            return new NetworkModule[] {new Module(module, socket, threads)};
        }
    }

    private record Module(NetworkModule paho, AbortableSocket socket, PahoExecutor threads) implements NetworkModule {
        @Override
        public void start() throws IOException, MqttException {
            paho.start();
            socket.opened();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new DelayedEofInputStream(paho.getInputStream(), threads, socket.connack());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return paho.getOutputStream();
        }

        @Override
        public void stop() throws IOException {
            try {
                paho.stop();
            } finally {
                socket.close();
            }
        }

        @Override
        public String getServerURI() {
            return paho.getServerURI();
        }
    }
}
