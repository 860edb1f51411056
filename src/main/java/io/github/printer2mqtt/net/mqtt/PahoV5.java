package io.github.printer2mqtt.net.mqtt;

import io.vertx.core.Vertx;
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
import org.eclipse.paho.mqttv5.client.MqttClientException;
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

/** MQTT 5 by Paho. */
final class PahoV5 implements PahoConnection {
    /**
     * What a broker may send us in one packet, and we a broker: Paho 1.2.5 takes the one for the other and ends the
     * connection over a larger one. The list of 20,000 printers has 6 MB.
     */
    private static final long LARGEST_PACKET = 8 << 20;

    /** Of a PUBLISH beside topic and payload. */
    private static final int PACKET_HEAD = 32;

    /** Retain handling of a subscription (MQTT 5, section 3.8.3.1). */
    private static final int SEND_NO_RETAINED = 2;

    /** Paho wants one, and is given the network itself. */
    private static final String PAHO_URI = "tcp://localhost";

    private final Vertx vertx;
    private final BrokerConnectionOptions options;
    private final BrokerAddresses addresses;
    private final Events events;
    private final PahoExecutor threads;
    private final AbortableSocket socket = new AbortableSocket();
    private volatile @Nullable MqttAsyncClient client;
    private volatile BrokerLimits limits;

    PahoV5(Vertx vertx, BrokerConnectionOptions options, BrokerAddresses addresses, Events events) {
        this.vertx = vertx;
        this.options = options;
        this.addresses = addresses;
        this.events = events;
        this.threads = new PahoExecutor("mqtt-" + options.clientId());
        this.limits = BrokerLimits.none(LARGEST_PACKET, options.keepAlive());
    }

    @Override
    public void connect() throws MqttTls.MqttTlsException {
        try {
            MqttConnectionOptions settings = settings();
            KeepAlivePinger pings = new KeepAlivePinger(threads);
            MqttAsyncClient fresh = new Client(
                    options, BrokerSocket.Factory.of(vertx, options, addresses, socket), socket, threads, pings);
            fresh.setCallback(new Callback(events));
            client = fresh;
            fresh.connect(settings, null, new MqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    limits = agreed(token.getResponseProperties());
                    pings.start();
                    events.onConnected(limits);
                }

                @Override
                public void onFailure(IMqttToken token, Throwable failure) {
                    events.onFailed(MqttErrorTexts.connectV5(code(failure), failure, socket));
                }
            });
        } catch (MqttException e) {
            events.onFailed(MqttErrorTexts.connectV5(e.getReasonCode(), e, socket));
        }
    }

    private BrokerLimits agreed(@Nullable MqttProperties properties) {
        BrokerLimits unsaid = limits;
        if (properties == null) {
            return unsaid;
        }
        Integer receiveMaximum = properties.getReceiveMaximum();
        Long largest = properties.getMaximumPacketSize();
        Integer qos = properties.getMaximumQoS();
        Boolean retain = properties.isRetainAvailable();
        Integer keepAlive = properties.getServerKeepAlive();
        return new BrokerLimits(
                receiveMaximum == null ? unsaid.receiveMaximum() : Math.max(1, receiveMaximum),
                largest == null ? unsaid.maximumPacketSize() : Math.min(unsaid.maximumPacketSize(), largest),
                qos == null ? unsaid.maximumQos() : qos,
                retain == null || retain,
                keepAlive == null ? unsaid.keepAlive() : Duration.ofSeconds(keepAlive));
    }

    private MqttConnectionOptions settings() {
        MqttConnectionOptions settings = new MqttConnectionOptions();
        settings.setAutomaticReconnect(false);
        settings.setCleanStart(true);
        settings.setKeepAliveInterval((int) options.keepAlive().toSeconds());
        settings.setConnectionTimeout((int) Math.max(1, options.connectTimeout().toSeconds()));
        settings.setMaximumPacketSize(LARGEST_PACKET);
        if (options.username() != null) {
            settings.setUserName(options.username());
        }
        if (options.password() != null) {
            settings.setPassword(options.password().reveal().getBytes(StandardCharsets.UTF_8));
        }
        MqttMessage will = options.will();
        if (will != null) {
            settings.setWill(will.topic(), paho(will, limits));
        }
        return settings;
    }

    private static org.eclipse.paho.mqttv5.common.MqttMessage paho(MqttMessage message, BrokerLimits limits) {
        MqttProperties properties = new MqttProperties();
        if (message.correlationData() != null) {
            properties.setCorrelationData(message.correlationData());
        }
        if (message.responseTopic() != null) {
            properties.setResponseTopic(message.responseTopic());
        }
        return new org.eclipse.paho.mqttv5.common.MqttMessage(
                message.payload(),
                Math.min(message.qos(), limits.maximumQos()),
                message.retained() && limits.retainAvailable(),
                properties);
    }

    @Override
    public void publish(MqttMessage message, Consumer<@Nullable PublishFailure> outcome) {
        BrokerLimits agreed = limits;
        long size = size(message);
        if (size > agreed.maximumPacketSize()) {
            outcome.accept(new PublishFailure(
                    PublishFailure.Kind.TOO_LARGE,
                    message.topic() + " has " + size + " bytes, the largest packet it takes has "
                            + agreed.maximumPacketSize()));
            return;
        }
        tried(outcome, paho -> paho.publish(message.topic(), paho(message, agreed), null, new Outcome(outcome)));
    }

    private static long size(MqttMessage message) {
        byte[] correlation = message.correlationData();
        return (long) PACKET_HEAD
                + message.topic().getBytes(StandardCharsets.UTF_8).length
                + message.payload().length
                + (correlation == null ? 0 : correlation.length);
    }

    @Override
    public void subscribe(String filter, int qos, Consumer<@Nullable PublishFailure> outcome) {
        tried(outcome, paho -> paho.subscribe(filter, qos, null, new Outcome(outcome)));
    }

    @Override
    public void subscribeToOthers(String filter, int qos, Consumer<@Nullable PublishFailure> outcome) {
        MqttSubscription subscription = new MqttSubscription(filter, qos);
        subscription.setNoLocal(true);
        // A message that the broker is asked to keep is seen to be one when it comes at once, too.
        subscription.setRetainAsPublished(true);
        subscribe(subscription, outcome);
    }

    @Override
    public void subscribeToOthersFromNow(String filter, int qos, Consumer<@Nullable PublishFailure> outcome) {
        MqttSubscription subscription = new MqttSubscription(filter, qos);
        subscription.setNoLocal(true);
        subscription.setRetainHandling(SEND_NO_RETAINED);
        subscribe(subscription, outcome);
    }

    private void subscribe(MqttSubscription subscription, Consumer<@Nullable PublishFailure> outcome) {
        tried(
                outcome,
                paho -> paho.subscribe(
                        new MqttSubscription[] {subscription}, null, new Outcome(outcome), new MqttProperties()));
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
            case MqttClientException.REASON_CODE_MAX_INFLIGHT ->
                new PublishFailure(PublishFailure.Kind.WINDOW_FULL, "too many messages are unacknowledged");
            case MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED,
                    MqttClientException.REASON_CODE_CLIENT_CLOSED,
                    MqttClientException.REASON_CODE_CLIENT_DISCONNECTING ->
                new PublishFailure(PublishFailure.Kind.NOT_CONNECTED, "not connected");
            default ->
                new PublishFailure(
                        PublishFailure.Kind.REFUSED,
                        MqttErrorTexts.refuses(code) ? MqttErrorTexts.text(code) : MqttErrorTexts.said(failure));
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
            known.disconnect(
                    0,
                    null,
                    new MqttActionListener() {
                        @Override
                        public void onSuccess(IMqttToken token) {
                            done.run();
                        }

                        @Override
                        public void onFailure(IMqttToken token, Throwable failure) {
                            done.run();
                        }
                    },
                    0,
                    new MqttProperties());
        } catch (MqttException e) {
            done.run();
        }
    }

    @Override
    public void abort() {
        threads.retireAfter(socket::abort);
    }

    /** An acknowledgement, whose reason code may still say no. */
    private record Outcome(Consumer<@Nullable PublishFailure> outcome) implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            int[] codes = token.getReasonCodes();
            if (codes != null && codes.length > 0 && MqttErrorTexts.refuses(codes[0])) {
                outcome.accept(new PublishFailure(PublishFailure.Kind.REFUSED, MqttErrorTexts.text(codes[0])));
            } else {
                outcome.accept(null);
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            int code = code(failure);
            outcome.accept(
                    MqttErrorTexts.refuses(code) && code < 256
                            ? new PublishFailure(PublishFailure.Kind.REFUSED, MqttErrorTexts.text(code))
                            : new PublishFailure(PublishFailure.Kind.LOST, "the connection went away"));
        }
    }

    private record Callback(Events events) implements MqttCallback {
        @Override
        public void disconnected(MqttDisconnectResponse response) {
            MqttException failure = response.getException();
            int code = failure == null ? response.getReturnCode() : failure.getReasonCode();
            events.onLost(MqttErrorTexts.lost(code, failure));
        }

        @Override
        public void mqttErrorOccurred(MqttException failure) {
            // A disconnect follows, which tells the same.
        }

        @Override
        public void messageArrived(String topic, org.eclipse.paho.mqttv5.common.MqttMessage message) {
            MqttProperties properties = message.getProperties();
            events.onMessage(new MqttMessage(
                    topic,
                    message.getPayload(),
                    message.getQos(),
                    message.isRetained(),
                    properties == null ? null : properties.getResponseTopic(),
                    properties == null ? null : properties.getCorrelationData(),
                    properties == null ? null : expiresAt(properties.getMessageExpiryInterval())));
        }

        /** The broker takes off what a message waited there, so the rest begins now. */
        private static @Nullable Long expiresAt(@Nullable Long seconds) {
            return seconds == null ? null : System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // Each publish has a listener of its own.
        }

        @Override
        public void connectComplete(boolean reconnect, String server) {
            // The connect has a listener of its own.
        }

        @Override
        public void authPacketArrived(int code, MqttProperties properties) {
            // Enhanced authentication is not asked for.
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
                PahoExecutor threads,
                KeepAlivePinger pings)
                throws MqttException {
            super(PAHO_URI, options.clientId(), new MemoryPersistence(), pings, threads);
            this.options = options;
            this.sockets = sockets;
            this.socket = socket;
            this.threads = threads;
        }

        @Override
        protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions settings) {
            BrokerAddress server = options.server();
            // No lookup by Paho: the socket knows where to connect.
            TCPNetworkModule module = server.transport().isWebSocket()
                    ? new WebSocketNetworkModule(
                            sockets, server.pahoUri(), server.host(), server.port(), options.clientId())
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
