package io.github.printer2mqtt;

import io.github.printer2mqtt.alert.AlertVerticle;
import io.github.printer2mqtt.alert.Thresholds;
import io.github.printer2mqtt.cli.Version;
import io.github.printer2mqtt.command.DefaultCommandService;
import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.http.ApiServices;
import io.github.printer2mqtt.http.HttpVerticle;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.model.TelemetryField;
import io.github.printer2mqtt.monitor.FleetContext;
import io.github.printer2mqtt.monitor.MonitoringLoops;
import io.github.printer2mqtt.monitor.PollMetrics;
import io.github.printer2mqtt.mqtt.BrokerOptions;
import io.github.printer2mqtt.mqtt.MqttVerticle;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.mqtt.topic.Topics;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.SettingsRepository;
import io.github.printer2mqtt.persistence.sql.SqlAlertRepository;
import io.github.printer2mqtt.persistence.sql.SqlJobRepository;
import io.github.printer2mqtt.persistence.sql.SqlPrinterRepository;
import io.github.printer2mqtt.persistence.sql.SqlRetainedTopicRepository;
import io.github.printer2mqtt.persistence.sqlite.SqliteDatabase;
import io.github.printer2mqtt.registration.DefaultRegistrationService;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The rooms of one bridge and how they are connected. Everything is made in {@link #build}; nothing listens, asks or
 * connects before {@link BridgeStartup} says so.
 *
 * @param config it was built by
 * @param vertx whose loops it lives on
 * @param startedAt by the wall clock; a part of event ids and entity tags
 * @param ownPorts on which the bridge listens, filled in as it does
 * @param registryRead whether the registered printers are known
 */
record BridgeComponents(
        BridgeConfig config,
        Vertx vertx,
        Instant startedAt,
        MetricsRegistry metricsRegistry,
        Database store,
        SqlJobRepository ledger,
        SqlPrinterRepository registry,
        PrinterNetwork network,
        FleetState fleet,
        FleetContext desk,
        PollMetrics meters,
        MonitoringLoops polling,
        DefaultCommandService commands,
        DefaultRegistrationService registrations,
        AlertVerticle alerts,
        HttpVerticle http,
        AtomicReference<Set<Integer>> ownPorts,
        AtomicBoolean registryRead) {
    /** Opens the database and makes the rooms around it. Blocks its caller, who is on no event loop. */
    static BridgeComponents build(BridgeConfig config, Vertx vertx, Duration limit) {
        Database store =
                BlockingWait.await(SqliteDatabase.open(vertx, config.database().path()), limit);
        Context fleetLoop = BlockingWait.await(fleetLoop(vertx), limit);
        return furnish(config, vertx, store, fleetLoop);
    }

    /** A loop for the fleet's book alone. */
    private static Future<Context> fleetLoop(Vertx vertx) {
        Promise<Context> loop = Promise.promise();
        return vertx.deployVerticle(context -> {
                    loop.complete(context);
                    return Future.succeededFuture();
                })
                .compose(deployed -> loop.future());
    }

    private static BridgeComponents furnish(BridgeConfig config, Vertx vertx, Database store, Context fleetLoop) {
        Instant startedAt = Instant.now();
        MetricsRegistry metricsRegistry = new MetricsRegistry();
        AtomicReference<Set<Integer>> ownPorts = new AtomicReference<>(Set.of());
        AtomicBoolean registryRead = new AtomicBoolean();
        AddressPolicy policy = new AddressPolicy(
                config.security().allowLoopbackPrinters() ? Loopback.ALLOWED : Loopback.REFUSED, ownPorts::get);

        SqlJobRepository ledger = new SqlJobRepository(vertx, store);
        SqlPrinterRepository registry = new SqlPrinterRepository(store);
        PrinterNetwork network = PrinterNetwork.create(vertx, policy);
        FleetState fleet = new FleetState(startedAt.toEpochMilli(), System::nanoTime, ledger);
        FleetContext desk = new FleetContext(vertx, fleetLoop, fleet);
        PollMetrics meters = PollMetrics.register(metricsRegistry);
        MonitoringLoops polling =
                MonitoringLoops.create(vertx, config.polling(), Drivers.byId(), network, meters, desk);
        DefaultCommandService commands = new DefaultCommandService(fleet, BridgeComponents::capabilities, polling);
        DefaultRegistrationService registrations = new DefaultRegistrationService(
                vertx, registry, polling, Drivers.all(), PrinterConnector.over(network), policy);
        AlertVerticle alerts =
                new AlertVerticle(fleet, thresholds(config, registry), new SqlAlertRepository(vertx, store));
        ApiServices doors = new ApiServices(
                fleet,
                registrations,
                commands,
                polling,
                metricsRegistry,
                registryRead::get,
                new LogbackLevels(config.log()),
                alerts);
        HttpVerticle http =
                new HttpVerticle(config.http(), doors, Long.toString(startedAt.toEpochMilli(), 36), Version.text());

        metricsRegistry.watch("database", store::health);
        metricsRegistry.watch(
                "registry",
                () -> registryRead.get() ? Health.up() : Health.down("the registered printers are being read"));
        return new BridgeComponents(
                config,
                vertx,
                startedAt,
                metricsRegistry,
                store,
                ledger,
                registry,
                network,
                fleet,
                desk,
                meters,
                polling,
                commands,
                registrations,
                alerts,
                http,
                ownPorts,
                registryRead);
    }

    /** The room that speaks to the broker; it is made when the printers are known. */
    Future<MqttVerticle> broker() {
        return clientId()
                .map(clientId -> new MqttVerticle(
                        BrokerOptions.of(config, clientId),
                        new Topics(config.mqtt().baseTopic()),
                        new MqttDependencies(
                                fleet,
                                registrations::all,
                                alerts,
                                new BridgeDocuments.BridgeFacts(Version.text(), startedAt, Drivers.ids(), config),
                                this::pollFigures,
                                new SqlRetainedTopicRepository(vertx, store),
                                metricsRegistry,
                                Clock.systemUTC(),
                                new MqttDependencies.RequestServices(commands, registrations, polling),
                                new LogbackLogFeed(),
                                BridgeComponents::telemetry),
                        MqttTimings.defaults()));
    }

    private Future<String> clientId() {
        String configured = config.mqtt().clientId();
        if (configured != null) {
            return Future.succeededFuture(configured);
        }
        String begin = config.mqtt().baseTopic().replace('/', '-') + "-";
        return new SettingsRepository(store)
                .getOrCreate("client_id_suffix", ClientIdSuffix::random)
                .map(suffix -> begin + suffix);
    }

    private BridgeDocuments.PollStats pollFigures() {
        long failures = meters.missed();
        return new BridgeDocuments.PollStats(
                meters.answered() + failures,
                failures,
                meters.latencyMillis(50),
                meters.latencyMillis(95),
                meters.latencyMillis(99));
    }

    /** What is in force for a printer: the configuration, and what its registration wants differently. */
    private static Function<PrinterId, AlertsConfig> thresholds(BridgeConfig config, SqlPrinterRepository registry) {
        return id -> {
            Registration stored = registry.find(id);
            return stored == null
                    ? config.alerts()
                    : Thresholds.of(config.alerts(), stored.printer().alerts());
        };
    }

    private static Set<Capability> capabilities(String driver) {
        Driver known = Drivers.byId().get(driver);
        return known == null ? Set.of() : known.capabilities();
    }

    private static Set<TelemetryField> telemetry(String driver) {
        Driver known = Drivers.byId().get(driver);
        return known == null ? Set.of() : known.telemetry();
    }
}
