package io.github.printer2mqtt;

import io.github.printer2mqtt.alert.AlertService;
import io.github.printer2mqtt.cli.Version;
import io.github.printer2mqtt.command.DefaultCommandService;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.monitor.MonitoringLoops;
import io.github.printer2mqtt.monitor.PollMetrics;
import io.github.printer2mqtt.mqtt.BrokerOptions;
import io.github.printer2mqtt.mqtt.MqttVerticle;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.SettingsRepository;
import io.github.printer2mqtt.persistence.sql.SqlRetainedTopicRepository;
import io.github.printer2mqtt.registration.RegistrationService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Collectors;

/** Creates the component that talks to the MQTT broker; its client id may have to be read from the database. */
record MqttVerticleFactory(
        BridgeConfig config,
        Vertx vertx,
        Instant startedAt,
        Database database,
        FleetView fleet,
        RegistrationService registrations,
        DefaultCommandService commands,
        MonitoringLoops monitoring,
        AlertService alerts,
        MetricsRegistry metricsRegistry,
        PollMetrics pollMetrics) {
    private static final String SUFFIX_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SUFFIX_LENGTH = 6;

    Future<MqttVerticle> create() {
        return clientId()
                .map(clientId -> new MqttVerticle(
                        BrokerOptions.of(config, clientId),
                        new MqttDependencies(
                                fleet,
                                registrations::all,
                                alerts,
                                new BridgeDocuments.BridgeFacts(Version.text(), startedAt, Drivers.ids(), config),
                                this::pollStats,
                                new SqlRetainedTopicRepository(vertx, database),
                                metricsRegistry,
                                Clock.systemUTC(),
                                new MqttDependencies.RequestServices(commands, registrations, monitoring),
                                new LogbackLogFeed(),
                                Drivers::telemetry,
                                MqttTimings.defaults())));
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

    private BridgeDocuments.PollStats pollStats() {
        long failures = pollMetrics.failed();
        return new BridgeDocuments.PollStats(
                pollMetrics.answered() + failures,
                failures,
                pollMetrics.latencyMillis(50),
                pollMetrics.latencyMillis(95),
                pollMetrics.latencyMillis(99));
    }
}
