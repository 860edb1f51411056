package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.Launcher;
import io.github.printer2mqtt.cli.StartBanner;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.config.SecurityConfig;
import io.github.printer2mqtt.demo.DemoFarm;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts bridges for the command line, with and without simulated printers. */
final class BridgeLauncher implements Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeLauncher.class);
    private static final Duration FARM_LIMIT = Duration.ofSeconds(20);

    @Override
    public Running start(BridgeConfig config) {
        return new RunningBridge(Bridge.start(config), () -> {});
    }

    @Override
    public Running startDemo(BridgeConfig config) {
        Vertx vertx = Vertx.vertx();
        DemoFarm farm = Bounded.await(DemoFarm.start(vertx), FARM_LIMIT);
        Path folder = temporaryFolder();
        Runnable cleanUp = () -> {
            Bounded.await(farm.close().eventually(vertx::close), FARM_LIMIT);
            delete(folder);
        };
        try {
            Bridge bridge = Bridge.start(forDemo(config, folder));
            List<? extends Future<?>> added = farm.registrations().stream()
                    .map(bridge.registrations()::add)
                    .toList();
            Bounded.await(Future.all(added), FARM_LIMIT);
            return new RunningBridge(bridge, cleanUp);
        } catch (RuntimeException e) {
            cleanUp.run();
            throw e;
        }
    }

    private static BridgeConfig forDemo(BridgeConfig config, Path folder) {
        return new BridgeConfig(
                config.http(),
                config.mqtt(),
                config.broker(),
                config.polling(),
                new DatabaseConfig(folder.resolve("demo.db").toString()),
                config.commands(),
                config.homeAssistant(),
                new SecurityConfig(true),
                config.alerts());
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("printer2mqtt-demo");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("the demo's temporary folder {} could not be deleted", folder, e);
        }
    }

    /** A bridge and what is cleaned up after it. */
    private record RunningBridge(Bridge bridge, Runnable cleanUp) implements Running {
        @Override
        public StartBanner banner() {
            return new StartBanner(
                    bridge.config(),
                    bridge.httpPort(),
                    bridge.registrations().all().size());
        }

        @Override
        public void awaitStop() throws InterruptedException {
            bridge.awaitClosed();
        }

        @Override
        public void close() {
            bridge.close();
            cleanUp.run();
        }
    }
}
