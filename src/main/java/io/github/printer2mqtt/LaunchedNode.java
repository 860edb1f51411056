package io.github.printer2mqtt;

import io.github.printer2mqtt.BridgeLauncher.LaunchedBridge;
import io.github.printer2mqtt.cli.Launcher;
import io.github.printer2mqtt.cli.StartBanner;
import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.cli.Version;
import io.github.printer2mqtt.cluster.Hold;
import io.github.printer2mqtt.cluster.NodeLease;
import io.github.printer2mqtt.cluster.NodeStatus;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.ClusterConfig;
import io.github.printer2mqtt.config.DatabaseConfig;
import io.github.printer2mqtt.http.listen.StandbyServer;
import io.github.printer2mqtt.metrics.Health;
import io.github.printer2mqtt.persistence.encryption.KeySource;
import io.github.printer2mqtt.persistence.postgresql.PostgresLeaseStore;
import io.github.printer2mqtt.supervision.EventLoopWatchdog;
import io.github.printer2mqtt.supervision.HealthFile;
import io.github.printer2mqtt.supervision.SystemdNotifier;
import io.github.printer2mqtt.vertx.BlockingWait;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of several processes that keep the same printers: it stands by until it has the lease, runs a bridge while it has it, and
 * stands by again when it has lost it. {@link #start} and {@link #close} block for a bounded time; all methods are thread-safe.
 */
final class LaunchedNode implements Launcher.Running {
    private static final Logger LOG = LoggerFactory.getLogger(LaunchedNode.class);
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    /** A bridge that is just starting stops after its start. */
    private static final Duration BRIDGE_LIMIT = Duration.ofSeconds(10);

    private static final int STATEMENTS_PER_LEASE = 4;

    private final BridgeConfig config;
    private final Vertx vertx;
    private final NodeLease lease;
    private final StandbyServer standby;
    private final HealthFile healthFile;
    private final SystemdNotifier systemd;
    private final Function<Hold, LaunchedBridge> launch;
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private volatile @Nullable LaunchedBridge working;
    private volatile boolean takesPart;
    private boolean closed;

    private LaunchedNode(
            BridgeConfig config,
            Vertx vertx,
            NodeLease lease,
            HealthFile healthFile,
            SystemdNotifier systemd,
            Function<Hold, LaunchedBridge> launch) {
        this.config = config;
        this.vertx = vertx;
        this.lease = lease;
        this.standby = new StandbyServer(vertx, config.http(), this::detail);
        this.healthFile = healthFile;
        this.systemd = systemd;
        this.launch = launch;
    }

    /**
     * Returns when this node works or stands by.
     *
     * @param config of a node
     * @param launch starts a bridge that works while a hold lasts
     * @throws StartException if the user must fix something first; nothing is left running then
     */
    static LaunchedNode start(
            BridgeConfig config,
            HealthFile healthFile,
            SystemdNotifier systemd,
            Function<Hold, LaunchedBridge> launch) {
        ClusterConfig cluster = Objects.requireNonNull(config.cluster(), "a node");
        DatabaseConfig.Server server = Objects.requireNonNull(config.database().server(), "what nodes share");
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
        PostgresLeaseStore store =
                new PostgresLeaseStore(vertx, server, cluster.lease().dividedBy(STATEMENTS_PER_LEASE));
        NodeLease lease = new NodeLease(vertx, store, cluster.node(), Version.text(), cluster.lease());
        LaunchedNode node = new LaunchedNode(config, vertx, lease, healthFile, systemd, launch);
        try {
            BlockingWait.await(store.open(JOIN_LIMIT), JOIN_LIMIT.multipliedBy(2));
            // A node without the key would find out when it has to work.
            String keyId = BlockingWait.await(store.keyId(), JOIN_LIMIT);
            if (keyId != null) {
                KeySource.of(config.secrets()).keyFor(keyId);
            }
            node.takesPart = true;
            lease.start();
            BlockingWait.await(lease.joined(), JOIN_LIMIT);
            node.run();
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw Bridge.startException(e);
        }
    }

    private void run() {
        Thread thread = new Thread(this::takeTurns, "node");
        thread.setDaemon(true);
        thread.start();
        try {
            settled.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
        List<Executor> loops = new ArrayList<>(EventLoopWatchdog.loops(vertx));
        loops.add(this::throughBridge);
        healthFile.start(loops, this::health);
        systemd.ready(banner().summary(), loops);
    }

    private void takeTurns() {
        try {
            while (!closing.isDone()) {
                Hold hold = waitForHold();
                if (hold != null) {
                    work(hold);
                }
            }
            ended.complete(null);
        } catch (InterruptedException e) {
            ended.complete(null);
        } catch (RuntimeException e) {
            RuntimeException shown = Bridge.startException(e);
            ended.completeExceptionally(shown);
            settled.completeExceptionally(shown);
        }
    }

    /** Null if this node closes. */
    private @Nullable Hold waitForHold() throws InterruptedException {
        CompletableFuture<Hold> claimed = lease.hold().toCompletionStage().toCompletableFuture();
        if (!claimed.isDone()) {
            BlockingWait.await(standby.start(), STOP_LIMIT);
            settled.complete(null);
        }
        try {
            CompletableFuture.anyOf(claimed, closing).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            BlockingWait.await(standby.stop(), STOP_LIMIT);
        }
        return closing.isDone() ? null : claimed.getNow(null);
    }

    private void work(Hold hold) throws InterruptedException {
        try (LaunchedBridge bridge = launch.apply(hold)) {
            working = bridge;
            settled.complete(null);
            hold.ended().onSuccess(reason -> {
                if (!closing.isDone()) {
                    LOG.warn("node {} stops working: {}", name(), reason);
                    new Thread(bridge::close, "stop without lease").start();
                }
            });
            if (!closing.isDone()) {
                bridge.awaitStop();
            }
        } catch (StartException e) {
            if (hold.isHeld()) {
                throw e;
            }
            LOG.warn("node {} lost the lease while it started: {}", name(), e.getMessage());
        } finally {
            working = null;
        }
    }

    private String name() {
        return Objects.requireNonNull(config.cluster(), "a node").node();
    }

    private String detail() {
        return "node " + name() + " stands by; "
                + lease.nodes().stream()
                        .filter(NodeStatus::isWorking)
                        .findFirst()
                        .map(each -> "node " + each.name() + " works")
                        .orElse("no node works at the moment");
    }

    /** A node that stands by is as well as it should be. */
    private Map<String, Health> health() {
        LaunchedBridge bridge = working;
        return bridge == null
                ? Map.of("node", Health.up())
                : bridge.bridge().metricsRegistry().health();
    }

    /** Runs a task after each event loop of the bridge has run one, so that none hangs unnoticed. */
    private void throughBridge(Runnable task) {
        LaunchedBridge bridge = working;
        Iterator<? extends Executor> loops = bridge == null
                ? Collections.emptyIterator()
                : bridge.bridge().eventLoops().iterator();
        through(loops, task);
    }

    private static void through(Iterator<? extends Executor> loops, Runnable task) {
        if (loops.hasNext()) {
            loops.next().execute(() -> through(loops, task));
        } else {
            task.run();
        }
    }

    @Override
    public StartBanner banner() {
        LaunchedBridge bridge = working;
        return bridge == null ? new StartBanner(config, standby.port(), null, detail()) : bridge.banner();
    }

    @Override
    public void awaitStop() throws InterruptedException {
        try {
            ended.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StartException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The bridge stops first; then another node may have the lease. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        healthFile.close();
        systemd.close();
        closing.complete(null);
        LaunchedBridge bridge = working;
        if (bridge != null) {
            bridge.close();
        }
        if (settled.isDone() && !settled.isCompletedExceptionally()) {
            ended.handle((done, failure) -> null)
                    .completeOnTimeout(null, BRIDGE_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
        try {
            BlockingWait.await(takesPart ? lease.leave() : Future.succeededFuture(), STOP_LIMIT);
            BlockingWait.await(vertx.close(), STOP_LIMIT);
        } catch (RuntimeException e) {
            LOG.warn("node {} was not closed in time: {}", name(), e.toString());
        }
    }
}
