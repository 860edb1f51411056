package io.github.printer2mqtt;

import io.github.printer2mqtt.access.AccessServices;
import io.github.printer2mqtt.cli.Launcher;
import io.github.printer2mqtt.cli.StartBanner;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.files.ContainerStorage;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.logging.LogbackFormat;
import io.github.printer2mqtt.logging.LogbackLevels;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.simulator.DemoFarm;
import io.github.printer2mqtt.supervision.EventLoopWatchdog;
import io.github.printer2mqtt.supervision.HealthFile;
import io.github.printer2mqtt.supervision.SystemdNotifier;
import io.github.printer2mqtt.vertx.BlockingWait;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts bridges for the command line, with and without simulated printers.
 *
 * @param onDeadLoop called with a message when an event loop of a bridge has died
 * @param healthFile for the health check of a container
 * @param systemd gets to know when a bridge serves and when it stops
 */
record BridgeLauncher(Consumer<String> onDeadLoop, HealthFile healthFile, SystemdNotifier systemd) implements Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeLauncher.class);
    private static final Duration DEMO_FARM_LIMIT = Duration.ofSeconds(60);

    /** For a process that nothing watches. */
    BridgeLauncher(Consumer<String> onDeadLoop) {
        this(onDeadLoop, HealthFile.none(), SystemdNotifier.none());
    }

    @Override
    public Running start(BridgeConfig config) {
        applyLog(config);
        warnOfLostData(config.database());
        return config.cluster() == null
                ? running(Bridge.start(withFreePorts(config)), () -> {})
                : LaunchedNode.start(config, healthFile, systemd, hold -> launched(Bridge.start(config, hold)));
    }

    /** Without what exists once in a process, which outlives a bridge there. */
    private LaunchedBridge launched(Bridge bridge) {
        return new LaunchedBridge(
                bridge, bridge.watchEventLoops(onDeadLoop), HealthFile.none(), SystemdNotifier.none(), () -> {});
    }

    private static void warnOfLostData(DatabaseConfig database) {
        Path folder = Path.of(database.path()).toAbsolutePath().getParent();
        String problem = folder == null ? null : ContainerStorage.problem(folder);
        if (problem != null) {
            LOG.warn(
                    "the data folder {} {}, so {} lost with this container; keep that folder in a volume, for example with docker run"
                            + " -v printer2mqtt-data:{}",
                    folder,
                    problem,
                    database.server() == null ? "printers and history are" : "the key of the credentials is",
                    folder);
        }
    }

    @Override
    public Running startDemo(BridgeConfig config, DemoMakes makes) {
        applyLog(config);
        Bridge.requireOpenFiles();
        Path folder = temporaryFolder();
        BridgeConfig demo = FreePorts.replaceDefaultsInUse(config)
                .forDemo(DatabaseConfig.inFile(folder.resolve("demo.db").toString()));
        Vertx vertx = Vertx.vertx();
        DemoFarm farm = BlockingWait.await(
                makes == DemoMakes.ALL ? DemoFarm.startAllMakes(vertx) : DemoFarm.start(vertx), DEMO_FARM_LIMIT);
        Runnable cleanUp = () -> {
            BlockingWait.await(farm.close().eventually(vertx::close), DEMO_FARM_LIMIT);
            TemporaryFolder.delete(folder);
        };
        try {
            return running(Bridge.start(demo, registrations -> register(farm, registrations)), cleanUp);
        } catch (RuntimeException e) {
            cleanUp.run();
            throw e;
        }
    }

    private static void applyLog(BridgeConfig config) {
        new LogbackLevels(config.log()).apply(config.log());
        LogbackFormat.apply(config.log().format());
    }

    private LaunchedBridge running(Bridge bridge, Runnable cleanUp) {
        healthFile.start(bridge.eventLoops(), bridge.metricsRegistry()::health);
        LaunchedBridge launched =
                new LaunchedBridge(bridge, bridge.watchEventLoops(onDeadLoop), healthFile, systemd, cleanUp);
        systemd.ready(launched.banner().summary(), bridge.eventLoops());
        return launched;
    }

    private static Future<?> register(DemoFarm farm, RegistrationService registrations) {
        return Future.all(farm.registrations().stream().map(registrations::add).toList());
    }

    /** Until its first run nobody depends on the ports of a bridge, so other ones replace default ports in use. */
    private static BridgeConfig withFreePorts(BridgeConfig config) {
        return config.database().server() != null
                        || Files.exists(Path.of(config.database().path()))
                ? config
                : FreePorts.replaceDefaultsInUse(config);
    }

    private static Path temporaryFolder() {
        try {
            return TemporaryFolder.ofProcess().subfolder("demo");
        } catch (TemporaryFolder.TemporaryFolderException e) {
            throw Bridge.startException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bridge and the cleanup after it. */
    static final class LaunchedBridge implements Running {
        private final Bridge bridge;
        private final EventLoopWatchdog watchdog;
        private final HealthFile healthFile;
        private final SystemdNotifier systemd;
        private final Runnable cleanUp;
        private boolean cleanedUp;

        LaunchedBridge(
                Bridge bridge,
                EventLoopWatchdog watchdog,
                HealthFile healthFile,
                SystemdNotifier systemd,
                Runnable cleanUp) {
            this.bridge = bridge;
            this.watchdog = watchdog;
            this.healthFile = healthFile;
            this.systemd = systemd;
            this.cleanUp = cleanUp;
        }

        Bridge bridge() {
            return bridge;
        }

        @Override
        public StartBanner banner() {
            return new StartBanner(
                    bridge.config(),
                    bridge.httpPort(),
                    bridge.registrations().all().size(),
                    admission());
        }

        private String admission() {
            AccessServices access = bridge.access();
            String code = access.login().setupCode();
            if (code != null) {
                return "no user yet: open it and enter the code " + code;
            }
            return access.authenticator().ofThisMachine() == null
                    ? "login or token required"
                    : "no login; reachable from this machine only";
        }

        @Override
        public void awaitStop() throws InterruptedException {
            bridge.awaitClosed();
        }

        @Override
        public synchronized void close() {
            healthFile.close();
            systemd.close();
            watchdog.close();
            bridge.close();
            if (!cleanedUp) {
                cleanedUp = true;
                cleanUp.run();
            }
        }
    }
}
