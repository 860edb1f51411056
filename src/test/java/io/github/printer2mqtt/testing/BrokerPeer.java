package io.github.printer2mqtt.testing;

/** A broker on 127.0.0.1 that a test can kill and restart without its retained messages. */
public interface BrokerPeer extends TestResource {
    int port();

    default String url() {
        return "mqtt://127.0.0.1:" + port();
    }

    /** Kills it without DISCONNECT to its clients. */
    void kill();

    /** Restarts it on the same port without retained messages. */
    void restart();
}
