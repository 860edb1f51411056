package io.github.printer2mqtt.net.mqtt.client;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.MqttConfig;
import io.github.printer2mqtt.text.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to connect to one broker.
 *
 * @param server where it listens
 * @param clientId unique at that broker
 * @param username null for none
 * @param password null for none
 * @param version of the protocol
 * @param tls certificate files for the encrypted transports
 * @param will what the broker publishes if the connection is lost; null for nothing
 * @param keepAlive idle time after which a PINGREQ is sent
 * @param connectTimeout of one attempt, from name resolution to CONNACK
 * @param retry when to try again
 * @param ownership of what is published; after its loss the connection sends nothing and is not renewed
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
        Retry retry,
        Ownership ownership) {
    /**
     * When to try again: after {@code first}, doubling up to {@code longest}, each reduced by up to a fifth at random
     * so that many bridges do not reconnect at the same time.
     *
     * @param first after a lost connection or the first failure
     * @param longest upper limit of the wait
     * @param refused after the broker rejected our credentials, which waiting does not fix
     */
    public record Retry(Duration first, Duration longest, Duration refused) {
        public static Retry defaults() {
            return new Retry(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60));
        }
    }

    /** Anonymous and without a will, with the default timings. */
    public static BrokerConnectionOptions of(BrokerAddress server, String clientId) {
        return new BrokerConnectionOptions(
                server,
                clientId,
                null,
                null,
                MqttConfig.Version.AUTO,
                MqttConfig.Tls.none(),
                null,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Retry.defaults(),
                Ownership.alone());
    }

    public BrokerConnectionOptions withLogin(@Nullable String user, @Nullable Secret secret) {
        return new BrokerConnectionOptions(
                server, clientId, user, secret, version, tls, will, keepAlive, connectTimeout, retry, ownership);
    }

    public BrokerConnectionOptions withVersion(MqttConfig.Version wanted) {
        return new BrokerConnectionOptions(
                server, clientId, username, password, wanted, tls, will, keepAlive, connectTimeout, retry, ownership);
    }

    public BrokerConnectionOptions withTls(MqttConfig.Tls files) {
        return new BrokerConnectionOptions(
                server,
                clientId,
                username,
                password,
                version,
                files,
                will,
                keepAlive,
                connectTimeout,
                retry,
                ownership);
    }

    public BrokerConnectionOptions withWill(@Nullable MqttMessage lastWill) {
        return new BrokerConnectionOptions(
                server,
                clientId,
                username,
                password,
                version,
                tls,
                lastWill,
                keepAlive,
                connectTimeout,
                retry,
                ownership);
    }

    public BrokerConnectionOptions withTimes(Duration keepAliveEvery, Duration connectWithin, Retry retryAfter) {
        return new BrokerConnectionOptions(
                server,
                clientId,
                username,
                password,
                version,
                tls,
                will,
                keepAliveEvery,
                connectWithin,
                retryAfter,
                ownership);
    }

    public BrokerConnectionOptions withOwnership(Ownership asked) {
        return new BrokerConnectionOptions(
                server, clientId, username, password, version, tls, will, keepAlive, connectTimeout, retry, asked);
    }
}
