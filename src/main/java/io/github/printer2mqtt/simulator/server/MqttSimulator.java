package io.github.printer2mqtt.simulator.server;

import io.vertx.core.buffer.Buffer;

/** A printer that is an MQTT 3.1.1 broker. Thread-safe. */
public non-sealed interface MqttSimulator extends PrinterSimulator {
    /** What the printer does with a client that has just connected. */
    Client connect(SimulatedMqttClient client);

    /** One client of the broker. Called on the event loop of its connection. */
    interface Client {
        /**
         * Whether this user is known.
         *
         * @param user empty if the client named none
         * @param password empty if the client sent none
         */
        boolean mayLogIn(String user, String password);

        /** Whether messages with matching topics may be delivered. */
        boolean mayRead(String filter);

        /** The client has published a message. */
        void onMessage(String topic, Buffer payload);

        /** Sends what the printer reports by itself; called every quarter of a second. */
        void onTick();

        /** The connection is closed. */
        default void onClose() {}
    }
}
