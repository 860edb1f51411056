package io.github.printer2mqtt.net.mqtt.client;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of one of the two Paho libraries, used for one connection. Every method returns at once and throws what Paho
 * throws; outcomes arrive on Paho's threads, null meaning that the broker acknowledged.
 */
public interface PahoClient {
    /** Which messages of a subscription are wanted. On MQTT 3.1.1, which has no such options, all of them arrive. */
    enum SubscriptionMode {
        ALL,
        /** Not our own; a message published with retain keeps the flag when it is delivered live. */
        OTHERS,
        /** Neither our own nor those that the broker has retained. */
        OTHERS_FROM_NOW
    }

    void connect(ConnectAttempt attempt) throws Exception;

    void publish(MqttMessage message, Consumer<@Nullable PublishFailure> outcome) throws Exception;

    void subscribe(String filter, int qos, SubscriptionMode mode, Consumer<@Nullable PublishFailure> outcome)
            throws Exception;

    void unsubscribe(String filter, Consumer<@Nullable PublishFailure> outcome) throws Exception;

    /** Sends a DISCONNECT, so that the broker publishes no will. */
    void disconnect(Consumer<@Nullable PublishFailure> outcome) throws Exception;

    /**
     * What the clients of both Paho libraries need of one connection.
     *
     * @param sockets creates the socket, which connects to an address of the broker
     * @param socket closes it whatever Paho is doing
     * @param threads runs Paho's tasks
     */
    record Transport(
            BrokerConnectionOptions options,
            BrokerSocketFactory sockets,
            AbortableSocket socket,
            PahoExecutor threads) {
        /** Required by Paho, but not used: the sockets know where to connect. */
        static final String PAHO_URI = "tcp://localhost";

        /** Keeps Paho from resolving the host name of the broker. */
        static final String PAHO_HOST = "127.0.0.1";

        BrokerAddress server() {
            return options.server();
        }

        int keepAliveSeconds() {
            return (int) options.keepAlive().toSeconds();
        }

        int connectTimeoutSeconds() {
            return (int) Math.max(1, options.connectTimeout().toSeconds());
        }

        InputStream input(InputStream in) {
            // Paho reads single bytes, each of which would be two system calls.
            return new PahoExecutor.DelayedEofInputStream(new BufferedInputStream(in), threads, socket);
        }

        /** Stops a network module of Paho and closes the socket, which Paho leaves open with TLS. */
        void close(Closeable module) throws IOException {
            try {
                module.close();
            } finally {
                socket.close();
            }
        }
    }
}
