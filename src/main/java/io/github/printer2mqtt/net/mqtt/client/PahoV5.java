package io.github.printer2mqtt.net.mqtt.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.internal.TCPNetworkModule;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.client.websocket.WebSocketNetworkModule;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/** MQTT 5 with Paho. */
final class PahoV5 implements PahoClient {
    /**
     * Largest packet in both directions: Paho 1.2.5 applies the limit for what we receive to what we send and ends the
     * connection when it is exceeded. The list of 20,000 printers has 6 MB.
     */
    private static final long MAX_PACKET_BYTES = 8 << 20;

    /** Of a PUBLISH beside topic and payload. */
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final int HEADER_BYTES = 32;

    /** Retain handling of a subscription (MQTT 5, section 3.8.3.1). */
    private static final int SEND_NO_RETAINED = 2;

    private final Transport transport;
    private final KeepAlivePinger pings;
    private final Client paho;
    private volatile BrokerLimits limits;

    PahoV5(Transport transport) throws MqttException {
        this.transport = transport;
        this.pings = new KeepAlivePinger(transport.threads());
        this.paho = new Client(transport, pings);
        this.limits = BrokerLimits.none(MAX_PACKET_BYTES, transport.options().keepAlive());
    }

    @Override
    public void connect(ConnectAttempt attempt) throws MqttException {
        paho.setCallback(new Callback(attempt));
        paho.connect(connectOptions(), null, new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                limits = limits(token.getResponseProperties());
                pings.start();
                attempt.onConnected(limits);
            }

            @Override
            public void onFailure(IMqttToken token, Throwable failure) {
                attempt.onConnectFailed(failure);
            }
        });
    }

    /** The limits of the CONNACK; our own where it has none. */
    private BrokerLimits limits(@Nullable MqttProperties connack) {
        BrokerLimits defaults = limits;
        if (connack == null) {
            return defaults;
        }
        Integer receiveMaximum = connack.getReceiveMaximum();
        Long packetSize = connack.getMaximumPacketSize();
        Integer qos = connack.getMaximumQoS();
        Boolean retain = connack.isRetainAvailable();
        Integer keepAlive = connack.getServerKeepAlive();
        return new BrokerLimits(
                receiveMaximum == null ? defaults.receiveMaximum() : Math.max(1, receiveMaximum),
                packetSize == null ? defaults.maximumPacketSize() : Math.min(defaults.maximumPacketSize(), packetSize),
                qos == null ? defaults.maximumQos() : qos,
                retain == null || retain,
                keepAlive == null ? defaults.keepAlive() : Duration.ofSeconds(keepAlive));
    }

    private MqttConnectionOptions connectOptions() {
        BrokerConnectionOptions options = transport.options();
        MqttConnectionOptions settings = new MqttConnectionOptions();
        settings.setAutomaticReconnect(false);
        settings.setCleanStart(true);
        settings.setKeepAliveInterval(transport.keepAliveSeconds());
        settings.setConnectionTimeout(transport.connectTimeoutSeconds());
        settings.setMaximumPacketSize(MAX_PACKET_BYTES);
        if (options.username() != null) {
            settings.setUserName(options.username());
        }
        if (options.password() != null) {
            settings.setPassword(options.password().reveal().getBytes(StandardCharsets.UTF_8));
        }
        MqttMessage will = options.will();
        if (will != null) {
            settings.setWill(will.topic(), pahoMessage(will, limits));
            delayWill(settings, options.ownership().timeToSuccessor().toSeconds());
        }
        return settings;
    }

    /** The broker also publishes the will when the session ends, so the session lasts as long (MQTT 5, section 3.1.3.2.2). */
    private static void delayWill(MqttConnectionOptions settings, long seconds) {
        if (seconds > 0) {
            MqttProperties properties = new MqttProperties();
            properties.setWillDelayInterval(seconds);
            settings.setWillMessageProperties(properties);
            settings.setSessionExpiryInterval(seconds + 1);
        }
    }

    private static org.eclipse.paho.mqttv5.common.MqttMessage pahoMessage(MqttMessage message, BrokerLimits limits) {
        MqttProperties properties = new MqttProperties();
        if (message.correlationData() != null) {
            properties.setCorrelationData(message.correlationData());
        }
        if (message.responseTopic() != null) {
            properties.setResponseTopic(message.responseTopic());
        }
        if (message.expiresAt() != null) {
            properties.setMessageExpiryInterval(
                    Math.max(1, (message.expiresAt() - System.nanoTime()) / NANOS_PER_SECOND));
        }
        return new org.eclipse.paho.mqttv5.common.MqttMessage(
                message.payload(),
                Math.min(message.qos(), limits.maximumQos()),
                message.retained() && limits.retainAvailable(),
                properties);
    }

    @Override
    public void publish(MqttMessage message, Consumer<@Nullable PublishFailure> outcome) throws MqttException {
        BrokerLimits agreed = limits;
        long size = packetSize(message);
        if (size > agreed.maximumPacketSize()) {
            outcome.accept(new PublishFailure(
                    PublishFailure.Kind.TOO_LARGE,
                    message.topic() + " has " + size + " bytes, " + limit(agreed.maximumPacketSize())));
            return;
        }
        paho.publish(message.topic(), pahoMessage(message, agreed), null, new Outcome(outcome));
    }

    private static String limit(long bytes) {
        return bytes < MAX_PACKET_BYTES
                ? "the largest packet it accepts has " + bytes + "; raise its maximum packet size"
                : "and over MQTT 5 this program sends at most " + bytes + "; mqtt.version \"3.1.1\" has no such limit";
    }

    private static long packetSize(MqttMessage message) {
        byte[] correlation = message.correlationData();
        return (long) HEADER_BYTES
                + message.topic().getBytes(StandardCharsets.UTF_8).length
                + message.payload().length
                + (correlation == null ? 0 : correlation.length);
    }

    @Override
    public void subscribe(String filter, int qos, SubscriptionMode mode, Consumer<@Nullable PublishFailure> outcome)
            throws MqttException {
        MqttSubscription subscription = new MqttSubscription(filter, qos);
        subscription.setNoLocal(mode != SubscriptionMode.ALL);
        subscription.setRetainAsPublished(mode == SubscriptionMode.OTHERS);
        if (mode == SubscriptionMode.OTHERS_FROM_NOW) {
            subscription.setRetainHandling(SEND_NO_RETAINED);
        }
        paho.subscribe(new MqttSubscription[] {subscription}, null, new Outcome(outcome), new MqttProperties());
    }

    @Override
    public void unsubscribe(String filter, Consumer<@Nullable PublishFailure> outcome) throws MqttException {
        paho.unsubscribe(filter, null, new Outcome(outcome));
    }

    @Override
    public void disconnect(Consumer<@Nullable PublishFailure> outcome) throws MqttException {
        paho.disconnect(0, null, new Outcome(outcome), 0, new MqttProperties());
    }

    /** An acknowledgement, whose reason code may be an error. */
    private record Outcome(Consumer<@Nullable PublishFailure> outcome) implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            int[] codes = token.getReasonCodes();
            boolean refused = codes != null && codes.length > 0 && MqttErrorTexts.isRefusal(codes[0]);
            outcome.accept(
                    refused ? new PublishFailure(PublishFailure.Kind.REFUSED, MqttErrorTexts.text(codes[0])) : null);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            int code = MqttErrorTexts.code(failure);
            outcome.accept(
                    MqttErrorTexts.isReasonCode(code)
                            ? new PublishFailure(PublishFailure.Kind.REFUSED, MqttErrorTexts.text(code))
                            : PublishFailure.lost());
        }
    }

    private record Callback(ConnectAttempt attempt) implements MqttCallback {
        @Override
        public void disconnected(MqttDisconnectResponse response) {
            MqttException failure = response.getException();
            attempt.onLost(failure == null ? response.getReturnCode() : failure.getReasonCode(), failure);
        }

        @Override
        public void mqttErrorOccurred(MqttException failure) {
            // A disconnect with the same reason follows.
        }

        @Override
        public void messageArrived(String topic, org.eclipse.paho.mqttv5.common.MqttMessage message) {
            MqttProperties properties = message.getProperties();
            attempt.onMessage(new MqttMessage(
                    topic,
                    message.getPayload(),
                    message.getQos(),
                    message.isRetained(),
                    properties == null ? null : properties.getResponseTopic(),
                    properties == null ? null : properties.getCorrelationData(),
                    properties == null ? null : expiresAt(properties.getMessageExpiryInterval())));
        }

        /** The broker subtracts the time a message has waited there, so the rest starts now. */
        private static @Nullable Long expiresAt(@Nullable Long seconds) {
            return seconds == null ? null : System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // Each publish has its own attempt.
        }

        @Override
        public void connectComplete(boolean reconnect, String server) {
            // The connect has its own attempt.
        }

        @Override
        public void authPacketArrived(int code, MqttProperties properties) {
            // Enhanced authentication is not used.
        }
    }

    /** Paho's client on our socket. */
    private static final class Client extends MqttAsyncClient {
        private final Transport transport;

        Client(Transport transport, KeepAlivePinger pings) throws MqttException {
            super(
                    Transport.PAHO_URI,
                    transport.options().clientId(),
                    new MemoryPersistence(),
                    pings,
                    transport.threads());
            this.transport = transport;
        }

        @Override
        protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions settings) {
            BrokerAddress server = transport.server();
            String clientId = transport.options().clientId();
            TCPNetworkModule module = server.transport().isWebSocket()
                    ? new WebSocketNetworkModule(
                            transport.sockets(), server.pahoUri(), server.host(), server.port(), clientId)
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
