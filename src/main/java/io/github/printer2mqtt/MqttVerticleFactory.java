package io.github.printer2mqtt;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.mqtt.BrokerOptions;
import io.github.printer2mqtt.mqtt.MqttVerticle;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.site.SiteVerticle;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.SettingsRepository;
import io.github.printer2mqtt.site.MirroredSites;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.util.stream.Collectors;

/**
 * Creates the component that talks to the MQTT broker; its client id may have to be read from the database.
 *
 * @param ownership of what is published about our own printers
 * @param brokerStarted succeeds when the embedded broker listens, or at once if there is none
 */
record MqttVerticleFactory(
        BridgeConfig config,
        Database database,
        MqttDependencies dependencies,
        Ownership ownership,
        Future<?> brokerStarted) {
    private static final String SUFFIX_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SUFFIX_LENGTH = 6;

    Future<MqttVerticle> create() {
        return clientId()
                .map(clientId -> new MqttVerticle(
                        BrokerOptions.of(config, clientId).withOwnership(ownership), dependencies, brokerStarted));
    }

    /** Another client at the same broker, without a will; a configured id gets a suffix. */
    Future<SiteVerticle> createSites(MirroredSites sites) {
        return clientId()
                .map(clientId -> new SiteVerticle(
                        BrokerOptions.of(config, clientId + "-sites").withWill(null), sites, brokerStarted));
    }

    /** The configured id, or one with a random suffix kept in the database, as a broker serves one client per id. */
    private Future<String> clientId() {
        String configured = config.mqtt().clientId();
        if (configured != null) {
            return Future.succeededFuture(configured);
        }
        String prefix = config.mqtt().baseTopic().replace('/', '-') + "-";
        return new SettingsRepository(database)
                .getOrCreate("client_id_suffix", MqttVerticleFactory::randomSuffix)
                .map(suffix -> prefix + suffix);
    }

    private static String randomSuffix() {
        return new SecureRandom()
                .ints(SUFFIX_LENGTH, 0, SUFFIX_CHARACTERS.length())
                .mapToObj(i -> SUFFIX_CHARACTERS.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
