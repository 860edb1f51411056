package io.github.printer2mqtt.mqtt.broker;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.net.ListenFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole MQTT broker (HiveMQ CE) inside this process, for a first run without any set-up: MQTT 3.1.1 and 5 on the
 * address of section {@code broker}, everything in memory, no connection outwards. Safe for every thread.
 */
public final class EmbeddedBroker {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    /** HiveMQ stops its listeners at once and then keeps two quiet periods of 2 seconds, for which nobody waits. */
    private static final long STOP_MILLIS = 500;

    private final Vertx vertx;
    private final AutoCloseable broker;
    private final BrokerDataFolder folders;
    private final int port;

    private EmbeddedBroker(Vertx vertx, AutoCloseable broker, BrokerDataFolder folders, int port) {
        this.vertx = vertx;
        this.broker = broker;
        this.folders = folders;
        this.port = port;
    }

    /** Starts one, within 30 seconds; fails with {@link BrokerStartException}. */
    public static Future<EmbeddedBroker> start(Vertx vertx, BridgeConfig.Broker config) {
        Promise<EmbeddedBroker> started = Promise.promise();
        daemon("embedded-broker-start", () -> {
            try {
                started.tryComplete(startBlocking(vertx, config));
            } catch (BrokerStartException e) {
                started.tryFail(e);
            } catch (RuntimeException | LinkageError e) {
                started.tryFail(new BrokerStartException("the embedded broker does not start: " + e, e));
            }
        });
        return started.future();
    }

    private static EmbeddedBroker startBlocking(Vertx vertx, BridgeConfig.Broker config) {
        checkFree(config);
        BrokerDataFolder folders = folders(config);
        try {
            AutoCloseable broker = HiveMqLauncher.start(config, folders);
            expectAnswer(config, broker);
            LOG.info("the embedded broker listens on {}:{}", config.host(), config.port());
            return new EmbeddedBroker(vertx, broker, folders, config.port());
        } catch (NoClassDefFoundError e) {
            folders.delete();
            throw new BrokerStartException(
                    "this build comes without the embedded broker (" + e.getMessage() + "): set mqtt.url to yours", e);
        } catch (RuntimeException | Error e) {
            folders.delete();
            throw e;
        }
    }

    private static BrokerDataFolder folders(BridgeConfig.Broker config) {
        try {
            return BrokerDataFolder.create(TemporaryFolder.ofProcess(), config.host(), config.port());
        } catch (UncheckedIOException e) {
            throw new BrokerStartException(
                    "the embedded broker does not start: no temporary folder (" + e.getMessage() + ")", e);
        }
    }

    /** A start without an error is no proof that it listens. */
    private static void expectAnswer(BridgeConfig.Broker config, AutoCloseable broker) {
        try {
            BrokerProbe.expectBroker(config);
        } catch (IOException e) {
            daemon("embedded-broker-stop", () -> closeQuietly(broker));
            throw cannotListen(config, e);
        }
    }

    private static void closeQuietly(AutoCloseable broker) {
        try {
            broker.close();
        } catch (Exception e) { // declared as such
            LOG.debug("the embedded broker did not stop cleanly", e);
        }
    }

    private static BrokerStartException cannotListen(BridgeConfig.Broker config, IOException cause) {
        return new BrokerStartException(
                new ListenFailure("broker", "the embedded broker").line(config.host(), config.port(), cause)
                        + ", or set mqtt.url if a broker of yours listens there",
                cause);
    }

    /** HiveMQ tells of a busy port in its log only. */
    private static void checkFree(BridgeConfig.Broker config) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(config.host(), config.port()));
        } catch (IOException e) {
            throw cannotListen(config, e);
        }
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
                // In memory mode nothing in them is needed any more, and the process may end before close() does.
                folders.delete();
                broker.close();
            } catch (Exception e) { // declared as such
                LOG.debug("the embedded broker did not stop cleanly", e);
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

    /** Why the embedded broker does not run. The message is one line for people. */
    public static final class BrokerStartException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokerStartException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
