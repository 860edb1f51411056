package io.github.printer2mqtt;

import io.github.printer2mqtt.alert.AlertVerticle;
import io.github.printer2mqtt.alert.Thresholds;
import io.github.printer2mqtt.cli.Version;
import io.github.printer2mqtt.command.CommandDesk;
import io.github.printer2mqtt.config.AlertsConfig;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.fleet.FleetBook;
import io.github.printer2mqtt.history.SqliteJobLedger;
import io.github.printer2mqtt.http.Doors;
import io.github.printer2mqtt.http.HttpVerticle;
import io.github.printer2mqtt.mqtt.BrokerOptions;
import io.github.printer2mqtt.mqtt.MqttDoors;
import io.github.printer2mqtt.mqtt.MqttSources;
import io.github.printer2mqtt.mqtt.MqttTimes;
import io.github.printer2mqtt.mqtt.MqttVerticle;
import io.github.printer2mqtt.mqtt.SqliteAnnouncedTopics;
import io.github.printer2mqtt.mqtt.Topics;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.PrinterNetwork;
import io.github.printer2mqtt.observe.Health;
import io.github.printer2mqtt.observe.Observatory;
import io.github.printer2mqtt.poll.FleetDesk;
import io.github.printer2mqtt.poll.PollMeters;
import io.github.printer2mqtt.poll.PollingLoops;
import io.github.printer2mqtt.printer.Capability;
import io.github.printer2mqtt.printer.PrinterId;
import io.github.printer2mqtt.printer.Reported;
import io.github.printer2mqtt.registration.Dialler;
import io.github.printer2mqtt.registration.RegistrationHall;
import io.github.printer2mqtt.registry.Registry;
import io.github.printer2mqtt.registry.StoredPrinter;
import io.github.printer2mqtt.store.Settings;
import io.github.printer2mqtt.store.Store;
import io.github.printer2mqtt.wire.BridgeFacts;
import io.github.printer2mqtt.wire.PollFigures;
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
 * connects before {@link BridgeStart} says so.
 *
 * @param config it was built by
 * @param vertx whose loops it lives on
 * @param startedAt by the wall clock; a part of event ids and entity tags
 * @param ownPorts on which the bridge listens, filled in as it does
 * @param registryRead whether the registered printers are known
 */
record House(
        BridgeConfig config,
        Vertx vertx,
        Instant startedAt,
        Observatory observatory,
        Store store,
        SqliteJobLedger ledger,
        Registry registry,
        PrinterNetwork network,
        FleetBook fleet,
        FleetDesk desk,
        PollMeters meters,
        PollingLoops polling,
        CommandDesk commands,
        RegistrationHall registrations,
        AlertVerticle alerts,
        HttpVerticle http,
        AtomicReference<Set<Integer>> ownPorts,
        AtomicBoolean registryRead) {
    /** Opens the database and makes the rooms around it. Blocks its caller, who is on no event loop. */
    static House build(BridgeConfig config, Vertx vertx, Duration limit) {
        Store store = Bounded.await(Store.open(vertx, config.database().path()), limit);
        Context fleetLoop = Bounded.await(fleetLoop(vertx), limit);
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

    private static House furnish(BridgeConfig config, Vertx vertx, Store store, Context fleetLoop) {
        Instant startedAt = Instant.now();
        Observatory observatory = new Observatory();
        AtomicReference<Set<Integer>> ownPorts = new AtomicReference<>(Set.of());
        AtomicBoolean registryRead = new AtomicBoolean();
        AddressPolicy policy = new AddressPolicy(
                config.security().allowLoopbackPrinters() ? Loopback.ALLOWED : Loopback.REFUSED, ownPorts::get);

        SqliteJobLedger ledger = new SqliteJobLedger(vertx, store);
        Registry registry = new Registry(store);
        PrinterNetwork network = PrinterNetwork.create(vertx, policy);
        FleetBook fleet = new FleetBook(startedAt.toEpochMilli(), System::nanoTime, ledger);
        FleetDesk desk = new FleetDesk(vertx, fleetLoop, fleet);
        PollMeters meters = PollMeters.register(observatory);
        PollingLoops polling = PollingLoops.create(vertx, config.polling(), Drivers.byId(), network, meters, desk);
        CommandDesk commands = new CommandDesk(fleet, House::capabilities, polling);
        RegistrationHall registrations =
                new RegistrationHall(vertx, registry, polling, Drivers.all(), Dialler.over(network), policy);
        AlertVerticle alerts = new AlertVerticle(fleet, thresholds(config, registry), store);
        Doors doors = new Doors(
                fleet,
                registrations,
                commands,
                polling,
                observatory,
                registryRead::get,
                new LogbackLevels(config.log()),
                new AlertsOfTheHouse(alerts),
                new CsvOfRegistrations());
        HttpVerticle http =
                new HttpVerticle(config.http(), doors, Long.toString(startedAt.toEpochMilli(), 36), Version.text());

        observatory.watch("database", store::health);
        observatory.watch(
                "registry",
                () -> registryRead.get() ? Health.up() : Health.down("the registered printers are being read"));
        return new House(
                config,
                vertx,
                startedAt,
                observatory,
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
                        new MqttSources(
                                fleet,
                                registrations::all,
                                new AlertsOfTheHouse(alerts),
                                new BridgeFacts(Version.text(), startedAt, Drivers.ids(), config),
                                this::pollFigures,
                                new SqliteAnnouncedTopics(store),
                                observatory,
                                Clock.systemUTC(),
                                new MqttDoors(commands, registrations, polling),
                                new LogOfTheHouse(),
                                House::reports),
                        MqttTimes.defaults()));
    }

    private Future<String> clientId() {
        String configured = config.mqtt().clientId();
        if (configured != null) {
            return Future.succeededFuture(configured);
        }
        String begin = config.mqtt().baseTopic().replace('/', '-') + "-";
        return new Settings(store)
                .getOrCreate("client_id_suffix", ClientIdSuffix::random)
                .map(suffix -> begin + suffix);
    }

    private PollFigures pollFigures() {
        long failures = meters.missed();
        return new PollFigures(
                meters.answered() + failures,
                failures,
                meters.latencyMillis(50),
                meters.latencyMillis(95),
                meters.latencyMillis(99));
    }

    /** What is in force for a printer: the configuration, and what its registration wants differently. */
    private static Function<PrinterId, AlertsConfig> thresholds(BridgeConfig config, Registry registry) {
        return id -> {
            StoredPrinter stored = registry.find(id);
            return stored == null
                    ? config.alerts()
                    : Thresholds.of(config.alerts(), stored.printer().alerts());
        };
    }

    private static Set<Capability> capabilities(String driver) {
        Driver known = Drivers.byId().get(driver);
        return known == null ? Set.of() : known.capabilities();
    }

    private static Set<Reported> reports(String driver) {
        Driver known = Drivers.byId().get(driver);
        return known == null ? Set.of() : known.reports();
    }
}
