package io.github.printer2mqtt.testing;

/** A real broker a test runs against: reached on 127.0.0.1, killed and started again without what it kept. */
public interface BrokerPeer extends AutoCloseable {
    int port();

    /** Ends it so that nobody hears a goodbye. */
    void kill();

    /** Starts it again on the same port, empty. */
    void restart();

    @Override
    void close();
}
