package io.github.printer2mqtt.net.mqtt.client;

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

/** MQTT 3.1.1 with Paho. */
final class PahoV3 implements PahoClient {
    /** Paho's own limit; the outbox stays below it. */
    private static final int MAX_IN_FLIGHT = 1000;

    /** The largest value of the remaining length field. */
    private static final long MAX_PACKET_BYTES = 268_435_455;

    private final Transport transport;
    private final Client paho;

    PahoV3(Transport transport) throws MqttException {
        this.transport = transport;
        this.paho = new Client(transport);
    }

    @Override
    public void connect(ConnectAttempt attempt) throws MqttException {
        paho.setCallback(new Callback(attempt));
        paho.connect(connectOptions(), null, new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                attempt.onConnected(
                        BrokerLimits.none(MAX_PACKET_BYTES, transport.options().keepAlive()));
            }

            @Override
            public void onFailure(IMqttToken token, Throwable failure) {
                attempt.onConnectFailed(failure);
            }
        });
    }

    private MqttConnectOptions connectOptions() {
        BrokerConnectionOptions options = transport.options();
        MqttConnectOptions settings = new MqttConnectOptions();
        settings.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        settings.setAutomaticReconnect(false);
        settings.setCleanSession(true);
        settings.setKeepAliveInterval(transport.keepAliveSeconds());
        settings.setConnectionTimeout(transport.connectTimeoutSeconds());
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
    public void publish(MqttMessage message, Consumer<@Nullable PublishFailure> outcome) throws MqttException {
        paho.publish(message.topic(), message.payload(), message.qos(), message.retained(), null, new Outcome(outcome));
    }

    @Override
    public void subscribe(
            String filter, int qos, SubscriptionMode unsupported, Consumer<@Nullable PublishFailure> outcome)
            throws MqttException {
        paho.subscribe(filter, qos, null, new Outcome(outcome));
    }

    @Override
    public void unsubscribe(String filter, Consumer<@Nullable PublishFailure> outcome) throws MqttException {
        paho.unsubscribe(filter, null, new Outcome(outcome));
    }

    @Override
    public void disconnect(Consumer<@Nullable PublishFailure> outcome) throws MqttException {
        paho.disconnect(0, null, new Outcome(outcome));
    }

    private record Outcome(Consumer<@Nullable PublishFailure> outcome) implements IMqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            int[] granted = token.getGrantedQos();
            boolean refused = granted != null && granted.length > 0 && MqttErrorTexts.isRefusal(granted[0]);
            outcome.accept(refused ? PublishFailure.refusedByBroker() : null);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            boolean refused = MqttErrorTexts.code(failure) == MqttException.REASON_CODE_SUBSCRIBE_FAILED;
            outcome.accept(refused ? PublishFailure.refusedByBroker() : PublishFailure.lost());
        }
    }

    private record Callback(ConnectAttempt attempt) implements MqttCallback {
        @Override
        public void connectionLost(@Nullable Throwable failure) {
            attempt.onLost(failure == null ? 0 : MqttErrorTexts.code(failure), failure);
        }

        @Override
        public void messageArrived(String topic, org.eclipse.paho.client.mqttv3.MqttMessage message) {
            attempt.onMessage(new MqttMessage(
                    topic, message.getPayload(), message.getQos(), message.isRetained(), null, null, null));
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // Each publish has its own attempt.
        }
    }

    /** Paho's client on our socket. */
    private static final class Client extends MqttAsyncClient {
        private final Transport transport;

        Client(Transport transport) throws MqttException {
            super(
                    Transport.PAHO_URI,
                    transport.options().clientId(),
                    new MemoryPersistence(),
                    new ScheduledExecutorPingSender(transport.threads()),
                    transport.threads());
            this.transport = transport;
        }

        @Override
        protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions settings) {
            BrokerAddress server = transport.server();
            String clientId = transport.options().clientId();
            TCPNetworkModule module = server.transport().isWebSocket()
                    ? new WebSocketNetworkModule(
                            transport.sockets(), server.pahoUri(), server.host(), server.port(), clientId, null)
                    : new TCPNetworkModule(transport.sockets(), Transport.PAHO_HOST, server.port(), clientId);
            module.setConnectTimeout(settings.getConnectionTimeout());
            return new NetworkModule[] {new Module(module, transport)};
        }
    }

    private record Module(NetworkModule paho, Transport transport) implements NetworkModule {
        @Override
        public void start() throws IOException, MqttException {
            paho.start();
            transport.socket().opened();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return transport.input(paho.getInputStream());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return paho.getOutputStream();
        }

        @Override
        public void stop() throws IOException {
            transport.close(paho::stop);
        }

        @Override
        public String getServerURI() {
            return paho.getServerURI();
        }
    }
}
