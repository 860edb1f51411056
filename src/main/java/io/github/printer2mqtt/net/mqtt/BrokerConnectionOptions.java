package io.github.printer2mqtt.net.mqtt;

import io.github.printer2mqtt.config.MqttConfig;
import io.github.printer2mqtt.text.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to join one broker.
 *
 * @param server where it listens
 * @param clientId unique at that broker
 * @param username null for none
 * @param password null for none
 * @param version of the protocol
 * @param tls certificate files, for the encrypted transports
 * @param will what the broker publishes when we vanish; null for nothing
 * @param keepAlive silence after which either side asks whether the other is there
 * @param connectTimeout for one attempt, from the name lookup to the broker's answer
 * @param retry when to try again
 */
public record BrokerConnectionOptions(
        BrokerAddress server,
        String clientId,
        @Nullable String username,
        @Nullable Secret password,
        MqttConfig.Version version,
        MqttConfig.Tls tls,
        @Nullable MqttMessage will,
        Duration keepAlive,
        Duration connectTimeout,
        Retry retry) {
    /**
     * When to try again: {@code first}, doubling to {@code longest}, each up to a fifth shorter so that many bridges do
     * not come at once.
     *
     * @param first after a loss or the first failure
     * @param longest the wait never grows beyond it
     * @param refused after our user was refused, which waiting does not heal
     */
    public record Retry(Duration first, Duration longest, Duration refused) {
        public static Retry defaults() {
            return new Retry(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60));
        }
    }

    /** Anonymous, without a will, with the usual times. */
    public static BrokerConnectionOptions of(BrokerAddress server, String clientId) {
        return new BrokerConnectionOptions(
                server,
                clientId,
                null,
                null,
                MqttConfig.Version.AUTO,
                MqttConfig.Tls.defaults(),
                null,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Retry.defaults());
    }

    public BrokerConnectionOptions withLogin(@Nullable String user, @Nullable Secret secret) {
        return new BrokerConnectionOptions(
                server, clientId, user, secret, version, tls, will, keepAlive, connectTimeout, retry);
    }

    public BrokerConnectionOptions withVersion(MqttConfig.Version wanted) {
        return new BrokerConnectionOptions(
                server, clientId, username, password, wanted, tls, will, keepAlive, connectTimeout, retry);
    }

    public BrokerConnectionOptions withTls(MqttConfig.Tls files) {
        return new BrokerConnectionOptions(
                server, clientId, username, password, version, files, will, keepAlive, connectTimeout, retry);
    }

    public BrokerConnectionOptions withWill(@Nullable MqttMessage lastWill) {
        return new BrokerConnectionOptions(
                server, clientId, username, password, version, tls, lastWill, keepAlive, connectTimeout, retry);
    }

    public BrokerConnectionOptions withTimes(Duration keepAliveEvery, Duration connectWithin, Retry retryAfter) {
        return new BrokerConnectionOptions(
                server, clientId, username, password, version, tls, will, keepAliveEvery, connectWithin, retryAfter);
    }
}
