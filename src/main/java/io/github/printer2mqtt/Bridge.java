package io.github.printer2mqtt;

import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.monitor.MonitoringLoops;
import io.github.printer2mqtt.registration.RegistrationService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole bridge in this process: the program runs one, tests run several. {@link #start} and {@link #close} block
 * their caller with a bound and are called from outside the event loops; the rest is safe for every thread.
 */
public final class Bridge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_VERTX_STOP = Duration.ofSeconds(1);

    /** Loops beside those for polling: the fleet, registration, alerts, HTTP, the broker. */
    private static final int OTHER_LOOPS = 5;

    private final BridgeComponents components;
    private final BridgeStartup opened;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private Bridge(BridgeComponents components, BridgeStartup opened) {
        this.components = components;
        this.opened = opened;
    }

    /**
     * Starts a bridge; returns when it serves its registered printers.
     *
     * @throws StartException if its user must mend something first; nothing is left running then
     */
    public static Bridge start(BridgeConfig config) {
        claimTemporaryFolder();
        return start(config, new VertxOptions());
    }

    /** As {@link #start(BridgeConfig)}, with stricter options for tests. */
    static Bridge start(BridgeConfig config, VertxOptions options) {
        return start(config, options, registrations -> Future.succeededFuture());
    }

    /**
     * As {@link #start(BridgeConfig)}, with registrations made before the first list is answered.
     *
     * @param first called once, when the stored printers are read
     */
    static Bridge start(BridgeConfig config, Function<RegistrationService, Future<?>> first) {
        return start(config, new VertxOptions(), first);
    }

    private static Bridge start(
            BridgeConfig config, VertxOptions options, Function<RegistrationService, Future<?>> first) {
        claimTemporaryFolder();
        Vertx vertx = Vertx.vertx(
                options.setPreferNativeTransport(true).setEventLoopPoolSize(MonitoringLoops.count() + OTHER_LOOPS));
        BridgeComponents components = build(config, vertx);
        BridgeStartup start = new BridgeStartup(components, first);
        Bridge bridge = new Bridge(components, start);
        try {
            BlockingWait.await(start.open(), LONGEST_START);
            return bridge;
        } catch (RuntimeException e) {
            bridge.close();
            throw StartExceptionMapper.of(e);
        }
    }

    /** Before anything else, since Vert.x and the database unpack native libraries there. */
    private static void claimTemporaryFolder() {
        try {
            TemporaryFolder.ofProcess();
        } catch (TemporaryFolder.TemporaryFolderException e) {
            throw StartExceptionMapper.of(e);
        }
    }

    private static BridgeComponents build(BridgeConfig config, Vertx vertx) {
        try {
            return BridgeComponents.build(config, vertx, LONGEST_START);
        } catch (RuntimeException e) {
            end(vertx);
            throw StartExceptionMapper.of(e);
        }
    }

    /** Watches the event loops of this bridge; to be closed before the bridge is. */
    EventLoopWatchdog watchEventLoops(Consumer<String> onDeath) {
        return EventLoopWatchdog.start(components.vertx(), onDeath);
    }

    /** Where the API listens. */
    public int httpPort() {
        return components.http().actualPort();
    }

    /** The fleet as this bridge sees it. */
    public FleetView fleet() {
        return components.fleet();
    }

    /** The door for registering printers in process. */
    public RegistrationService registrations() {
        return components.registrations();
    }

    /** Its meters and health. */
    public MetricsRegistry metricsRegistry() {
        return components.metricsRegistry();
    }

    /** What it was started with. */
    public BridgeConfig config() {
        return components.config();
    }

    /** Returns when the bridge is closed. */
    public void awaitClosed() throws InterruptedException {
        try {
            closed.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Stops in order within 3 seconds; a second call waits for the first. */
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            long begin = System.nanoTime();
            LOG.info("stopping");
            new BridgeShutdown(components, opened).run();
            end(components.vertx());
            LOG.info("stopped after {} ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            closed.complete(null);
        } else {
            closed.join();
        }
    }

    private static void end(Vertx vertx) {
        try {
            BlockingWait.await(vertx.close(), LONGEST_VERTX_STOP);
        } catch (RuntimeException e) {
            LOG.warn("stopping the event loops: {}", e.toString());
        }
    }
}
