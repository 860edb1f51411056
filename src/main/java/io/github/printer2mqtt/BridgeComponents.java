package io.github.printer2mqtt;

import io.github.printer2mqtt.access.AccessServices;
import io.github.printer2mqtt.alert.AlertMetrics;
import io.github.printer2mqtt.alert.AlertVerticle;
import io.github.printer2mqtt.alert.Thresholds;
import io.github.printer2mqtt.backup.BackupVerticle;
import io.github.printer2mqtt.cli.Version;
import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.command.DefaultCommandService;
import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.fleet.FleetMetrics;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.history.DefaultHistoryService;
import io.github.printer2mqtt.history.HistoryVerticle;
import io.github.printer2mqtt.history.TemperatureVerticle;
import io.github.printer2mqtt.http.ApiServices;
import io.github.printer2mqtt.http.HttpVerticle;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.logging.LogTail;
import io.github.printer2mqtt.logging.LogbackLevels;
import io.github.printer2mqtt.logging.LogbackLogFeed;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.metrics.RuntimeMetrics;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.monitor.MonitoringLoops;
import io.github.printer2mqtt.monitor.PollMetrics;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.notification.NotificationVerticle;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.SqlPrinterRepository;
import io.github.printer2mqtt.picture.PictureVerticle;
import io.github.printer2mqtt.registration.DiagnosisService;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.diagnosis.Diagnoser;
import io.github.printer2mqtt.registration.service.DefaultDiagnosisService;
import io.github.printer2mqtt.registration.service.DefaultRegistrationService;
import io.github.printer2mqtt.registration.service.OfflinePrinterSearch;
import io.github.printer2mqtt.site.MirroredSites;
import io.github.printer2mqtt.supervision.NodeSupervision;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The components of one bridge and their wiring. Nothing listens, polls or connects before its component is started.
 * Its fields are safe for every thread.
 */
final class BridgeComponents {
    final BridgeConfig config;
    private final Vertx vertx;
    final MetricsRegistry metricsRegistry = new MetricsRegistry();
    private final LogTail logTail = new LogTail();
    private final AtomicBoolean printersLoaded = new AtomicBoolean();

    /** The ports that the bridge itself listens on, where no printer can be. */
    private final AtomicReference<Set<Integer>> ownPorts = new AtomicReference<>(Set.of());

    private final ConfiguredBroker broker;
    final BridgeRepositories repositories;
    private final PrinterNetwork network;
    final FleetState fleet;
    private final MonitoringLoops monitoring;
    private final DefaultCommandService commands;
    final DefaultRegistrationService registrations;
    private final AlertVerticle alerts;
    private final NotificationVerticle notifications;
    private final TemperatureVerticle temperatures;
    private final PictureVerticle pictures;
    private final HistoryVerticle history;
    private final BackupVerticle backups;
    private final MirroredSites sites;
    final AccessServices access;
    final HttpVerticle http;

    /** To be started in this order and stopped in reverse. */
    final List<Component> inStartOrder;

    private BridgeComponents(
            BridgeConfig config,
            Bridge.Loops loops,
            Ownership ownership,
            EncryptedDatabase opened,
            Function<RegistrationService, Future<?>> register) {
        this.config = config;
        this.vertx = loops.vertx();
        broker = new ConfiguredBroker(vertx, config);
        repositories = BridgeRepositories.in(opened, vertx, metricsRegistry);
        Database database = repositories.database();
        SqlPrinterRepository printers = repositories.printers();
        Instant startedAt = Instant.now();
        AddressPolicy policy = new AddressPolicy(
                config.security().allowLoopbackPrinters() ? Loopback.ALLOWED : Loopback.REFUSED, ownPorts::get);
        network = PrinterNetwork.create(vertx, policy, config.security().printerCa(), Version.text(), ownership);
        fleet = new FleetState(
                startedAt.toEpochMilli(),
                System::nanoTime,
                repositories.jobs(),
                repositories.plates(),
                config.plate(),
                ownership.holder());
        PollMetrics pollMetrics = new PollMetrics(metricsRegistry);
        monitoring =
                new MonitoringLoops(vertx, config.polling(), Drivers.byId(), network, pollMetrics, fleet, ownership);
        commands = new DefaultCommandService(fleet, Drivers::capabilities, monitoring, ownership, Clock.systemUTC());
        PrinterConnector connector = PrinterConnector.over(network);
        access = new AccessServices(
                vertx,
                config.http(),
                repositories.access(),
                repositories.audit(),
                InstantSource.system(),
                System::nanoTime,
                AccessServices.PASSWORD_ITERATIONS);
        registrations = new DefaultRegistrationService(
                vertx,
                printers,
                monitoring,
                Drivers.all(),
                connector,
                policy,
                InstantSource.system(),
                LostPrinters.following(config.security().followPrinters(), fleet, access));
        DiagnosisService diagnoses = new DefaultDiagnosisService(
                vertx,
                printers,
                new Diagnoser(Drivers.all(), connector, System::nanoTime, InstantSource.system()),
                System::nanoTime);
        alerts = new AlertVerticle(fleet, thresholds(config, printers), repositories.alerts(), ownership);
        notifications = new NotificationVerticle(config.notifications(), fleet, metricsRegistry, ownership);
        alerts.addListener(notifications::onAlert);
        temperatures = new TemperatureVerticle(fleet);
        pictures = new PictureVerticle(
                fleet, monitoring, network, config.security().pictureHosts());
        history = new HistoryVerticle(config.history(), fleet, repositories.historyEntries(), repositories.archive());
        backups = BackupVerticle.of(vertx, config, metricsRegistry);
        sites = MirroredSites.of(config.sites(), System::nanoTime);
        ApiServices services = new ApiServices(
                fleet,
                registrations,
                diagnoses,
                commands,
                monitoring,
                metricsRegistry,
                printersLoaded::get,
                new LogbackLevels(config.log()),
                alerts,
                notifications,
                temperatures,
                pictures,
                new DefaultHistoryService(
                        repositories.archive(), repositories::flushHistory, fleet, InstantSource.system()),
                backups.service(),
                access,
                new BridgeSupport(
                        vertx,
                        config,
                        database,
                        metricsRegistry,
                        fleet,
                        registrations,
                        alerts,
                        monitoring,
                        repositories.archive(),
                        logTail),
                sites,
                ownership);
        String startId = Long.toString(startedAt.toEpochMilli(), 36);
        http = new HttpVerticle(config.http(), services, startId, loops.transport());
        RuntimeMetrics.register(metricsRegistry, Version.text());
        FleetMetrics.register(metricsRegistry, fleet, InstantSource.system());
        AlertMetrics.register(metricsRegistry, alerts);
        sites.register(metricsRegistry);
        NodeSupervision.register(metricsRegistry, ownership);
        network.showOpenFiles(metricsRegistry, () -> fleet.snapshot().size());
        metricsRegistry.addHealthCheck("database", database::health);
        metricsRegistry.addHealthCheck(
                "registry",
                () -> printersLoaded.get() ? Health.up() : Health.down("the registered printers are being loaded"));
        PrinterLoader loader =
                new PrinterLoader(printers, repositories.jobs(), repositories.plates(), fleet, monitoring, network);
        MqttAudit mqttAudit = new MqttAudit(access.audit());
        MqttDependencies mqttDependencies = new MqttDependencies(
                fleet,
                registrations::all,
                alerts,
                new BridgeDocuments.BridgeFacts(Version.text(), startedAt, Drivers.ids(), config),
                pollMetrics::stats,
                repositories.retainedTopics(),
                metricsRegistry,
                Clock.systemUTC(),
                mqttAudit.recorded(commands, registrations, monitoring, backups.service()),
                new LogbackLogFeed(),
                Drivers::telemetry,
                pictures,
                MqttTimings.defaults());
        MqttVerticleFactory mqtt =
                new MqttVerticleFactory(config, database, mqttDependencies, ownership, broker.started());
        inStartOrder = components(loader, mqtt, register);
    }

    /**
     * Opens the database and creates the components. Blocks and must not be called on an event loop.
     *
     * @param ownership of all printers; {@link Ownership#alone()} for a bridge that shares them with no other
     * @param register makes registrations before the first list is served
     */
    static BridgeComponents build(
            BridgeConfig config,
            Bridge.Loops loops,
            Ownership ownership,
            Function<RegistrationService, Future<?>> register) {
        // Before the database exists, which would make the next start no first run.
        ConfiguredBroker.requireIncluded(config);
        EncryptedDatabase opened =
                EncryptedDatabase.open(loops.vertx(), config, Bridge.START_LIMIT, ownership.holder());
        return new BridgeComponents(config, loops, ownership, opened, register);
    }

    private List<Component> components(
            PrinterLoader loader, MqttVerticleFactory mqtt, Function<RegistrationService, Future<?>> register) {
        List<Component> components = new ArrayList<>(List.of(
                Component.of("newest lines of the log", logTail::start, logTail::stop),
                Component.withoutStart("printer connections", () -> {
                    network.close();
                    return Future.succeededFuture();
                })));
        components.addAll(repositories.components());
        components.addAll(List.of(
                // Before anybody can send a request.
                Component.withoutStop(
                        "access", () -> repositories.audit().load().compose(loaded -> access.load())),
                Component.verticle("http", vertx, () -> Future.succeededFuture(http)),
                Component.withoutStop("own ports", this::noteOwnPorts),
                Component.withoutStart("embedded broker", broker::stop),
                Component.verticle("notifications", vertx, () -> Future.succeededFuture(notifications)),
                Component.verticle("history", vertx, () -> Future.succeededFuture(history)),
                Component.withoutStop(
                        "printers",
                        () -> loader.load()
                                .compose(loaded -> register.apply(registrations))
                                .<Void>mapEmpty()
                                .onSuccess(registered -> {
                                    loader.warnOfFewFiles();
                                    printersLoaded.set(true);
                                })),
                Component.verticle("temperatures", vertx, () -> Future.succeededFuture(temperatures)),
                Component.verticle(
                        "search for offline printers",
                        vertx,
                        () -> Future.succeededFuture(new OfflinePrinterSearch(registrations))),
                Component.verticle("backups", vertx, () -> Future.succeededFuture(backups)),
                Component.verticle("pictures", vertx, () -> Future.succeededFuture(pictures)),
                Component.verticle("alerts", vertx, () -> Future.succeededFuture(alerts)),
                Component.verticle("mqtt", vertx, mqtt::create),
                Component.verticle("sites", vertx, () -> mqtt.createSites(sites)),
                // Takes longer than all others, so the list is served and the first events are kept before it.
                Component.withoutStop("start of the embedded broker", broker::start),
                // Listed last to stop first, while the last events can still be published.
                Component.withoutStart("monitoring", () -> {
                    commands.stop();
                    return monitoring.stop();
                })));
        return List.copyOf(components);
    }

    private Future<Void> noteOwnPorts() {
        Set<Integer> ports = new HashSet<>(broker.ports());
        ports.add(http.actualPort());
        ownPorts.set(Set.copyOf(ports));
        return Future.succeededFuture();
    }

    /** The alert thresholds of a printer: the configured ones, overridden by its registration. */
    private static Function<PrinterId, AlertsConfig> thresholds(BridgeConfig config, SqlPrinterRepository printers) {
        return id -> {
            Registration registration = printers.find(id);
            return registration == null
                    ? config.alerts()
                    : Thresholds.of(config.alerts(), registration.printer().alerts());
        };
    }
}
