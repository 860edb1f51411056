package io.github.printer2mqtt;

import io.github.printer2mqtt.access.AccessServices;
import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.fleet.FleetView;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.monitor.MonitoringLoops;
import io.github.printer2mqtt.mqtt.broker.EmbeddedBroker;
import io.github.printer2mqtt.net.AcceptFilterTransport;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.encryption.EncryptionKeyException;
import io.github.printer2mqtt.persistence.sqlite.SqliteLibrary;
import io.github.printer2mqtt.registration.RegistrationService;
import io.github.printer2mqtt.supervision.EventLoopWatchdog;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.vertx.BlockingWait;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole bridge in this process: components that are started in order and stopped in reverse. {@link #start} and
 * {@link #close} block for a bounded time and must not be called on an event loop; all methods are thread-safe.
 */
public final class Bridge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    /** Above that of the embedded broker, and so far above a usual start that only a start that hangs reaches it. */
    static final Duration START_LIMIT = Duration.ofSeconds(150);

    /** For stopping all components. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private static final Duration STOP_STEP_LIMIT = Duration.ofMillis(2200);

    /** Granted to a component even if those before it used up the whole limit. */
    private static final Duration MINIMUM_STOP_STEP = Duration.ofMillis(150);

    private static final Duration VERTX_STOP_LIMIT = Duration.ofSeconds(1);

    /** Event loops besides those for monitoring: registration, alerts, HTTP and MQTT. */
    private static final int OTHER_LOOPS = 4;

    /**
     * The event loops of all components.
     *
     * @param vertx runs them
     * @param transport of {@code vertx}
     */
    record Loops(Vertx vertx, AcceptFilterTransport transport) {}

    private final Vertx vertx;
    private final BridgeComponents components;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile @Nullable StartException eviction;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private Bridge(Vertx vertx, BridgeComponents components) {
        this.vertx = vertx;
        this.components = components;
    }

    /**
     * Starts a bridge and returns when it monitors its registered printers.
     *
     * @throws StartException if the user must fix something first; nothing is left running then
     */
    public static Bridge start(BridgeConfig config) {
        return start(config, Ownership.alone());
    }

    /** As {@link #start(BridgeConfig)}, for as long as the ownership is held; the caller closes the bridge after its loss. */
    static Bridge start(BridgeConfig config, Ownership ownership) {
        return start(config, defaultOptions(), ownership);
    }

    /** As {@link #start(BridgeConfig, Ownership)}, with stricter options for tests. */
    static Bridge start(BridgeConfig config, VertxOptions options, Ownership ownership) {
        return start(config, options, ownership, registrations -> Future.succeededFuture());
    }

    /**
     * As {@link #start(BridgeConfig)}, with registrations made before the first list is served.
     *
     * @param register called once, after the stored printers were read
     */
    static Bridge start(BridgeConfig config, Function<RegistrationService, Future<?>> register) {
        return start(config, defaultOptions(), Ownership.alone(), register);
    }

    private static Bridge start(
            BridgeConfig config,
            VertxOptions options,
            Ownership ownership,
            Function<RegistrationService, Future<?>> register) {
        StartRequirements.check(config);
        SqliteLibrary.loadInBackground();
        AcceptFilterTransport transport = AcceptFilterTransport.create();
        Vertx vertx = Vertx.builder()
                .with(options.setEventLoopPoolSize(MonitoringLoops.count() + OTHER_LOOPS))
                .withTransport(transport)
                .build();
        BridgeComponents components;
        try {
            components = BridgeComponents.build(config, new Loops(vertx, transport), ownership, register);
        } catch (RuntimeException e) {
            close(vertx);
            throw startException(e);
        }
        Bridge bridge = new Bridge(vertx, components);
        try {
            bridge.startComponents();
            components.repositories.database().evicted().onFailure(bridge::onEvicted);
            return bridge;
        } catch (RuntimeException e) {
            bridge.close();
            throw startException(e);
        }
    }

    /** Loading {@code VertxOptions} already reads where Vert.x puts its files. */
    private static VertxOptions defaultOptions() {
        StartRequirements.createTemporaryFolder();
        return new VertxOptions();
    }

    /** Each event loop needs some before anything else runs, and fails with a text that names no limit. */
    static void requireOpenFiles() {
        String shortage = PrinterNetwork.tooFewFiles();
        if (shortage != null) {
            throw new StartException(shortage);
        }
    }

    private void startComponents() {
        AtomicReference<String> starting = new AtomicReference<>("");
        Future<Void> started = Future.succeededFuture();
        for (Component component : components.inStartOrder) {
            started = started.compose(before -> {
                starting.set(component.name());
                return component.start().get();
            });
        }
        try {
            BlockingWait.await(started, START_LIMIT);
        } catch (IllegalStateException e) {
            throw e.getCause() instanceof TimeoutException
                    ? new StartException(
                            "not started within " + START_LIMIT.toSeconds() + " seconds, which \"" + starting.get()
                                    + "\" did not complete; is the machine overloaded?",
                            e)
                    : e;
        }
    }

    /** Another bridge works with the database now, so this one must not; its printers are polled by that one. */
    private void onEvicted(Throwable failure) {
        eviction = new StartException(String.valueOf(failure.getMessage()), failure);
        new Thread(this::close, "stop after eviction").start();
    }

    /** A {@link StartException} for what the user can fix; any other failure is returned as it is. */
    static RuntimeException startException(RuntimeException failure) {
        if (failure instanceof DatabaseException
                || failure instanceof EncryptionKeyException
                || failure instanceof EmbeddedBroker.BrokerStartException
                || failure instanceof TemporaryFolder.TemporaryFolderException
                || failure instanceof InvalidValueException) {
            return new StartException(String.valueOf(failure.getMessage()), failure);
        }
        // The exception for a port that cannot be bound is checked and therefore comes wrapped.
        return failure.getCause() instanceof IOException cause
                ? new StartException(String.valueOf(cause.getMessage()), failure)
                : failure;
    }

    /** Watches the event loops of this bridge; must be closed before the bridge is. */
    EventLoopWatchdog watchEventLoops(Consumer<String> onDeath) {
        return EventLoopWatchdog.start(vertx, onDeath);
    }

    /** Its event loops, for tasks that show whether they run. */
    List<? extends Executor> eventLoops() {
        return EventLoopWatchdog.loops(vertx);
    }

    /** The port of the API. */
    public int httpPort() {
        return components.http.actualPort();
    }

    /** The current state of all printers. */
    public FleetView fleet() {
        return components.fleet;
    }

    /** Registers, changes and removes printers. */
    public RegistrationService registrations() {
        return components.registrations;
    }

    /** Users, sessions and tokens. */
    AccessServices access() {
        return components.access;
    }

    /** Its metrics and health. */
    public MetricsRegistry metricsRegistry() {
        return components.metricsRegistry;
    }

    /** The configuration it was started with. */
    public BridgeConfig config() {
        return components.config;
    }

    /**
     * Returns when the bridge is closed.
     *
     * @throws StartException if it closed because another bridge uses its database
     */
    public void awaitClosed() throws InterruptedException {
        try {
            closed.get();
            if (eviction != null) {
                throw eviction;
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Stops all components within 3 seconds, whether or not one fails; a second call waits for the first. */
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            long startNanos = System.nanoTime();
            LOG.info("stopping");
            List<Component> inStopOrder = new ArrayList<>(components.inStartOrder);
            Collections.reverse(inStopOrder);
            inStopOrder.forEach(component -> stop(component, startNanos));
            close(vertx);
            LOG.info("stopped after {} ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
            closed.complete(null);
        } else {
            closed.join();
        }
    }

    private static void stop(Component component, long startNanos) {
        Duration left = STOP_LIMIT.minusNanos(System.nanoTime() - startNanos);
        Duration limit = Collections.max(List.of(MINIMUM_STOP_STEP, Collections.min(List.of(STOP_STEP_LIMIT, left))));
        try {
            BlockingWait.await(component.stop().get(), limit);
        } catch (RuntimeException e) {
            LOG.warn("stopping {}: {}", component.name(), e.toString());
        }
    }

    private static void close(Vertx vertx) {
        try {
            BlockingWait.await(vertx.close(), VERTX_STOP_LIMIT);
        } catch (RuntimeException e) {
            LOG.warn("stopping the event loops: {}", e.toString());
        }
    }
}
