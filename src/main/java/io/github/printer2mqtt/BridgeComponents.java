package io.github.printer2mqtt;

import io.github.printer2mqtt.access.AccessServices;
import io.github.printer2mqtt.alert.AlertVerticle;
import io.github.printer2mqtt.alert.Thresholds;
import io.github.printer2mqtt.cli.Version;
import io.github.printer2mqtt.command.DefaultCommandService;
import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.fleet.FleetState;
import io.github.printer2mqtt.history.DefaultHistoryService;
import io.github.printer2mqtt.history.HistoryVerticle;
import io.github.printer2mqtt.history.TemperatureVerticle;
import io.github.printer2mqtt.http.ApiServices;
import io.github.printer2mqtt.http.HttpVerticle;
import io.github.printer2mqtt.json.BridgeDocuments;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.monitor.MonitoringLoops;
import io.github.printer2mqtt.monitor.PollMetrics;
import io.github.printer2mqtt.mqtt.broker.EmbeddedBroker;
import io.github.printer2mqtt.mqtt.publish.MqttDependencies;
import io.github.printer2mqtt.mqtt.publish.MqttTimings;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.notification.NotificationVerticle;
import io.github.printer2mqtt.persistence.sql.Database;
import io.github.printer2mqtt.persistence.sql.SqlAccessRepository;
import io.github.printer2mqtt.persistence.sql.SqlAlertRepository;
import io.github.printer2mqtt.persistence.sql.SqlAuditRepository;
import io.github.printer2mqtt.persistence.sql.SqlHistoryArchive;
import io.github.printer2mqtt.persistence.sql.SqlHistoryRepository;
import io.github.printer2mqtt.persistence.sql.SqlJobRepository;
import io.github.printer2mqtt.persistence.sql.SqlPlateRepository;
import io.github.printer2mqtt.persistence.sql.SqlPrinterRepository;
import io.github.printer2mqtt.persistence.sql.SqlRetainedTopicRepository;
import io.github.printer2mqtt.registration.DefaultDiagnosisService;
import io.github.printer2mqtt.registration.DefaultRegistrationService;
import io.github.printer2mqtt.registration.DiagnosisService;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.diagnosis.Diagnoser;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The components of one bridge and their wiring. Nothing listens, polls or connects before its component is started.
 * Its fields are safe for every thread.
 */
final class BridgeComponents {
    final BridgeConfig config;
    private final Vertx vertx;
    final MetricsRegistry metricsRegistry = new MetricsRegistry();
    private final AtomicBoolean printersLoaded = new AtomicBoolean();

    /** The ports that the bridge itself listens on, where no printer can be. */
    private final AtomicReference<Set<Integer>> ownPorts = new AtomicReference<>(Set.of());

    private final AtomicReference<@Nullable EmbeddedBroker> broker = new AtomicReference<>();
    private final Promise<Void> brokerStarted = Promise.promise();

    private final Database database;
    private final SqlJobRepository jobs;
    private final SqlPlateRepository plates;
    private final SqlHistoryRepository historyEntries;
    private final SqlPrinterRepository printers;
    private final PrinterNetwork network;
    final FleetState fleet;
    private final MonitoringLoops monitoring;
    private final DefaultCommandService commands;
    final DefaultRegistrationService registrations;
    private final AlertVerticle alerts;
    private final NotificationVerticle notifications;
    private final TemperatureVerticle temperatures;
    private final HistoryVerticle history;
    private final SqlAuditRepository audit;
    final AccessServices access;
    final HttpVerticle http;

    /** To be started in this order and stopped in reverse. */
    final List<Component> inStartOrder;

    private BridgeComponents(
            BridgeConfig config,
            Vertx vertx,
            EncryptedDatabase opened,
            Function<RegistrationService, Future<?>> register) {
        this.config = config;
        this.vertx = vertx;
        database = opened.database();
        Instant startedAt = Instant.now();
        jobs = new SqlJobRepository(vertx, database);
        plates = new SqlPlateRepository(vertx, database);
        historyEntries = new SqlHistoryRepository(vertx, database, metricsRegistry);
        printers = new SqlPrinterRepository(vertx, database, opened.cipher());
        AddressPolicy policy = new AddressPolicy(
                config.security().allowLoopbackPrinters() ? Loopback.ALLOWED : Loopback.REFUSED, ownPorts::get);
        network = PrinterNetwork.create(vertx, policy, config.security().printerCa());
        fleet = new FleetState(
                startedAt.toEpochMilli(), System::nanoTime, jobs, plates, historyEntries, config.plate());
        PollMetrics pollMetrics = new PollMetrics(metricsRegistry);
        monitoring = new MonitoringLoops(vertx, config.polling(), Drivers.byId(), network, pollMetrics, fleet);
        commands = new DefaultCommandService(fleet, Drivers::capabilities, monitoring, Clock.systemUTC());
        PrinterConnector connector = PrinterConnector.over(network);
        registrations = new DefaultRegistrationService(
                vertx, printers, monitoring, Drivers.all(), connector, policy, InstantSource.system());
        DiagnosisService diagnoses = new DefaultDiagnosisService(
                vertx,
                printers,
                new Diagnoser(Drivers.all(), connector, System::nanoTime, InstantSource.system()),
                System::nanoTime);
        alerts = new AlertVerticle(fleet, thresholds(config, printers), new SqlAlertRepository(vertx, database));
        notifications = new NotificationVerticle(config.notifications(), fleet, metricsRegistry);
        alerts.addListener(notifications::onAlert);
        temperatures = new TemperatureVerticle(fleet);
        SqlHistoryArchive archive = new SqlHistoryArchive(database);
        history = new HistoryVerticle(config.history(), fleet, historyEntries, archive);
        audit = new SqlAuditRepository(vertx, database);
        access = new AccessServices(
                vertx,
                config.http(),
                new SqlAccessRepository(database),
                audit,
                InstantSource.system(),
                System::nanoTime);
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
                new DefaultHistoryService(archive, historyEntries::flush, fleet, InstantSource.system()),
                access);
        http = new HttpVerticle(config.http(), services, Long.toString(startedAt.toEpochMilli(), 36));
        metricsRegistry.addHealthCheck("database", database::health);
        metricsRegistry.addHealthCheck(
                "registry",
                () -> printersLoaded.get() ? Health.up() : Health.down("the registered printers are being loaded"));
        PrinterLoader loader = new PrinterLoader(printers, jobs, plates, historyEntries, fleet, monitoring, network);
        MqttAudit mqttAudit = new MqttAudit(access.audit());
        MqttDependencies mqttDependencies = new MqttDependencies(
                fleet,
                registrations::all,
                alerts,
                new BridgeDocuments.BridgeFacts(Version.text(), startedAt, Drivers.ids(), config),
                () -> pollStats(pollMetrics),
                new SqlRetainedTopicRepository(vertx, database),
                metricsRegistry,
                Clock.systemUTC(),
                new MqttDependencies.RequestServices(
                        mqttAudit.recorded(commands), mqttAudit.recorded(registrations), monitoring),
                new LogbackLogFeed(),
                Drivers::telemetry,
                MqttTimings.defaults());
        MqttVerticleFactory mqtt = new MqttVerticleFactory(config, database, mqttDependencies, brokerStarted.future());
        inStartOrder = components(loader, mqtt, register);
    }

    /**
     * Opens the database and creates the components. Blocks and must not be called on an event loop.
     *
     * @param register makes registrations before the first list is served
     */
    static BridgeComponents build(
            BridgeConfig config, Vertx vertx, Function<RegistrationService, Future<?>> register, Duration limit) {
        if (config.mqtt().url() == null) {
            // Before the database exists, which would make the next start no first run.
            EmbeddedBroker.requireIncluded();
        }
        return new BridgeComponents(config, vertx, EncryptedDatabase.open(vertx, config, limit), register);
    }

    private List<Component> components(
            PrinterLoader loader, MqttVerticleFactory mqtt, Function<RegistrationService, Future<?>> register) {
        return List.of(
                Component.withoutStart("printer connections", () -> {
                    network.close();
                    return Future.succeededFuture();
                }),
                Component.withoutStart("database", database::close),
                Component.withoutStart("jobs", jobs::flush),
                Component.withoutStart("plates", plates::flush),
                Component.withoutStart("history entries", historyEntries::flush),
                Component.withoutStart("audit", audit::flush),
                // Before anybody can send a request.
                Component.withoutStop("access", () -> audit.load().compose(loaded -> access.load())),
                Component.verticle("http", vertx, () -> Future.succeededFuture(http)),
                Component.withoutStop("own ports", this::noteOwnPorts),
                Component.withoutStart("embedded broker", this::stopBroker),
                Component.verticle("notifications", vertx, () -> Future.succeededFuture(notifications)),
                Component.verticle("history", vertx, () -> Future.succeededFuture(history)),
                Component.withoutStop(
                        "printers",
                        () -> loader.load()
                                .compose(loaded -> register.apply(registrations))
                                .<Void>mapEmpty()
                                .onSuccess(registered -> printersLoaded.set(true))),
                Component.verticle("temperatures", vertx, () -> Future.succeededFuture(temperatures)),
                Component.verticle("alerts", vertx, () -> Future.succeededFuture(alerts)),
                Component.verticle("mqtt", vertx, mqtt::create),
                // Takes longer than all others, so the list is served and the first events are kept before it.
                Component.withoutStop("start of the embedded broker", this::startBroker),
                // Listed last to stop first, while the last events can still be published.
                Component.withoutStart("monitoring", () -> {
                    commands.stop();
                    return monitoring.stop();
                }));
    }

    private Future<Void> noteOwnPorts() {
        boolean embedded = config.mqtt().url() == null;
        ownPorts.set(embedded ? Set.of(http.actualPort(), config.broker().port()) : Set.of(http.actualPort()));
        return Future.succeededFuture();
    }

    private Future<Void> startBroker() {
        Future<?> started = config.mqtt().url() == null
                ? EmbeddedBroker.start(vertx, config.broker()).onSuccess(broker::set)
                : Future.succeededFuture();
        return started.<Void>mapEmpty().onSuccess(listening -> brokerStarted.complete());
    }

    private Future<Void> stopBroker() {
        EmbeddedBroker started = broker.get();
        return started == null ? Future.succeededFuture() : started.stop();
    }

    private static BridgeDocuments.PollStats pollStats(PollMetrics polls) {
        long failures = polls.failed();
        return new BridgeDocuments.PollStats(
                polls.answered() + failures,
                failures,
                polls.latencyMillis(50),
                polls.latencyMillis(95),
                polls.latencyMillis(99));
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
