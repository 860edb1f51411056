package io.github.printer2mqtt.config;

import io.github.printer2mqtt.printer.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code broker}: the embedded broker.
 *
 * @param host to listen on; another than a loopback address needs username and password
 * @param port to listen on
 * @param username that clients must give; null lets everybody in
 * @param password that clients must give; null with {@code username} null
 */
public record BrokerConfig(
        String host,
        int port,
        @Nullable String username,
        @Nullable Secret password) {
    public static BrokerConfig defaults() {
        return new ConfigAssembler(new Values()).broker();
    }
}
