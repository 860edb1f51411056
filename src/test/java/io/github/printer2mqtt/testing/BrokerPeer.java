package io.github.printer2mqtt.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A broker on 127.0.0.1 that a test can kill and restart without its retained messages. As an extension, closed after the
 * test and after its {@code @AfterEach} methods.
 */
public interface BrokerPeer extends AutoCloseable, AfterEachCallback {
    int port();

    default String url() {
        return "mqtt://127.0.0.1:" + port();
    }

    /** Kills it without DISCONNECT to its clients. */
    void kill();

    /** Restarts it on the same port without retained messages. */
    void restart();

    @Override
    void close();

    @Override
    default void afterEach(ExtensionContext test) {
        close();
    }
}
