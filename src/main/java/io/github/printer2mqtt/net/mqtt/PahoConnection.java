package io.github.printer2mqtt.net.mqtt;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to join a broker and the connection that comes of it, by either of the two Paho libraries. Used once and
 * thrown away.
 *
 * <p>Outcomes and events are told on Paho's threads; null as an outcome means that the broker acknowledged.
 */
interface PahoConnection {
    /** What happens to a connection; told on Paho's threads. */
    interface Events {
        void onConnected(BrokerLimits limits);

        void onFailed(ConnectFailure problem);

        void onLost(String reason);

        void onMessage(MqttMessage message);
    }

    /** Begins to connect; may read files, but does not wait for the network. */
    void connect() throws MqttTls.MqttTlsException;

    /** Hands a message over and returns at once. */
    void publish(MqttMessage message, Consumer<@Nullable PublishFailure> outcome);

    /** Subscribes and returns at once. */
    void subscribe(String filter, int qos, Consumer<@Nullable PublishFailure> outcome);

    /** Subscribes to what others publish, where the protocol can tell, and returns at once. */
    void subscribeToOthers(String filter, int qos, Consumer<@Nullable PublishFailure> outcome);

    /** The same, without what the broker has kept, where the protocol can tell. */
    void subscribeToOthersFromNow(String filter, int qos, Consumer<@Nullable PublishFailure> outcome);

    /** Unsubscribes and returns at once. */
    void unsubscribe(String filter, Consumer<@Nullable PublishFailure> outcome);

    /** Says goodbye to the broker, so that it publishes no will; the runnable hears when that is done. */
    void disconnect(Runnable done);

    /** Closes the socket without goodbye and lets the threads end. May be called at any moment and more than once. */
    void abort();
}
