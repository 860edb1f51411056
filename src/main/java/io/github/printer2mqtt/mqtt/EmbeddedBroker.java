package io.github.printer2mqtt.mqtt;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.embedded.EmbeddedHiveMQBuilder;
import io.github.printer2mqtt.config.BrokerConfig;
import io.github.printer2mqtt.printer.Secret;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole MQTT broker (HiveMQ CE) inside this process, for a first run without any set-up: MQTT 3.1.1 and 5 on the
 * address of section {@code broker}, everything in memory, no connection outwards. Safe for every thread.
 */
public final class EmbeddedBroker {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    /** A missing class never completes HiveMQ's start, so it is waited for with a bound. */
    private static final long START_SECONDS = 30;

    /** HiveMQ stops its listeners at once and then keeps two quiet periods of 2 seconds, for which nobody waits. */
    private static final long STOP_MILLIS = 500;

    private final Vertx vertx;
    private final EmbeddedHiveMQ broker;
    private final BrokerFolders folders;
    private final int port;

    private EmbeddedBroker(Vertx vertx, EmbeddedHiveMQ broker, BrokerFolders folders, int port) {
        this.vertx = vertx;
        this.broker = broker;
        this.folders = folders;
        this.port = port;
    }

    /** Starts one, within 30 seconds; fails with {@link BrokerProblem}. */
    public static Future<EmbeddedBroker> start(Vertx vertx, BrokerConfig config) {
        Promise<EmbeddedBroker> started = Promise.promise();
        daemon("embedded-broker-start", () -> {
            try {
                started.tryComplete(startBlocking(vertx, config));
            } catch (BrokerProblem e) {
                started.tryFail(e);
            } catch (RuntimeException | LinkageError e) {
                started.tryFail(new BrokerProblem("the embedded broker does not start: " + e, e));
            }
        });
        return started.future();
    }

    private static EmbeddedBroker startBlocking(Vertx vertx, BrokerConfig config) {
        checkFree(config);
        BrokerFolders folders = folders(config);
        EmbeddedHiveMQ broker = build(config, folders);
        try {
            broker.start().get(START_SECONDS, TimeUnit.SECONDS);
            LOG.info("the embedded broker listens on {}:{}", config.host(), config.port());
            return new EmbeddedBroker(vertx, broker, folders, config.port());
        } catch (ExecutionException e) {
            folders.delete();
            throw new BrokerProblem("the embedded broker does not start: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            folders.delete();
            throw new BrokerProblem(
                    "the embedded broker does not start: not ready within " + START_SECONDS + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            folders.delete();
            throw new BrokerProblem("the embedded broker does not start: interrupted", e);
        }
    }

    private static BrokerFolders folders(BrokerConfig config) {
        try {
            return BrokerFolders.create(config.host(), config.port());
        } catch (UncheckedIOException e) {
            throw new BrokerProblem(
                    "the embedded broker does not start: no temporary folder (" + e.getMessage() + ")", e);
        }
    }

    /** HiveMQ tells of a busy port in its log only. */
    private static void checkFree(BrokerConfig config) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(config.host(), config.port()));
        } catch (IOException e) {
            throw new BrokerProblem(
                    "broker.port: found " + config.port() + ", where the embedded broker cannot listen on "
                            + config.host() + " (" + e.getMessage()
                            + "); choose another port, or set mqtt.url if that is your broker",
                    e);
        }
    }

    private static EmbeddedHiveMQ build(BrokerConfig config, BrokerFolders folders) {
        EmbeddedHiveMQBuilder builder = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(folders.config())
                .withDataFolder(folders.data())
                .withExtensionsFolder(folders.extensions())
                .withoutLoggingBootstrap();
        String username = config.username();
        Secret password = config.password();
        if (username != null && password != null) {
            builder = builder.withEmbeddedExtension(EmbeddedExtension.builder()
                    .withId("printer2mqtt-login")
                    .withName("printer2mqtt login")
                    .withVersion("1")
                    .withPriority(0)
                    .withStartPriority(1000)
                    .withExtensionMain(new BrokerLogin(username, password))
                    .build());
        }
        return builder.build();
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Stops it; done after half a second at most, while the rest of it ends behind. */
    public Future<Void> stop() {
        Promise<Void> stopped = Promise.promise();
        vertx.setTimer(STOP_MILLIS, id -> stopped.tryComplete());
        daemon("embedded-broker-stop", () -> {
            try {
                broker.close();
            } catch (ExecutionException | RuntimeException e) {
                LOG.debug("the embedded broker did not stop cleanly", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                folders.delete();
                stopped.tryComplete();
            }
        });
        return stopped.future();
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
