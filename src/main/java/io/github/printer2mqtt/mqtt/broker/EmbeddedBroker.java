package io.github.printer2mqtt.mqtt.broker;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.files.TemporaryFolder;
import io.github.printer2mqtt.net.ListenFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT broker (HiveMQ CE) inside this process, for a first run without setup: MQTT 3.1.1 and 5 on the address of
 * section {@code broker}, everything in memory, no outgoing connections. Safe for every thread.
 */
public final class EmbeddedBroker {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    private static final String HIVEMQ = "com.hivemq.embedded.EmbeddedHiveMQ";

    /** HiveMQ stops its listeners at once, but its close then waits for two quiet periods of 2 seconds. */
    private static final long STOP_MILLIS = 500;

    private final Vertx vertx;
    private final AutoCloseable broker;
    private final BrokerDataFolder folder;

    private EmbeddedBroker(Vertx vertx, AutoCloseable broker, BrokerDataFolder folder) {
        this.vertx = vertx;
        this.broker = broker;
        this.folder = folder;
    }

    /**
     * Checks that this program includes the broker, which the slim jar leaves out.
     *
     * @throws BrokerStartException if it does not
     */
    public static void requireIncluded() {
        try {
            Class.forName(HIVEMQ, false, EmbeddedBroker.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new BrokerStartException(
                    "the embedded broker is not in this jar; set mqtt.url or PRINTER2MQTT_MQTT_URL to the address of a"
                            + " broker, or use the full jar",
                    e);
        }
    }

    /** Starts a broker within two minutes; fails with {@link BrokerStartException}. */
    public static Future<EmbeddedBroker> start(Vertx vertx, BridgeConfig.Broker config) {
        Promise<EmbeddedBroker> started = Promise.promise();
        startDaemon("embedded-broker-start", () -> {
            try {
                started.tryComplete(startBlocking(vertx, config));
            } catch (BrokerStartException e) {
                started.tryFail(e);
            } catch (RuntimeException | LinkageError e) {
                started.tryFail(new BrokerStartException("the embedded broker did not start: " + e, e));
            }
        });
        return started.future();
    }

    private static EmbeddedBroker startBlocking(Vertx vertx, BridgeConfig.Broker config) {
        checkFree(config);
        BrokerDataFolder folder = folder(config);
        try {
            AutoCloseable broker = HiveMqLauncher.start(config, folder);
            expectListening(config, broker);
            LOG.info("the embedded broker listens on {}:{}", config.host(), config.port());
            return new EmbeddedBroker(vertx, broker, folder);
        } catch (RuntimeException | Error e) {
            folder.delete();
            throw e;
        }
    }

    private static BrokerDataFolder folder(BridgeConfig.Broker config) {
        try {
            return BrokerDataFolder.create(TemporaryFolder.ofProcess(), config.host(), config.port());
        } catch (IOException e) {
            throw new BrokerStartException(
                    "the embedded broker did not start: no temporary folder (" + e.getMessage() + ")", e);
        }
    }

    /** A start without an error does not prove that it listens. */
    private static void expectListening(BridgeConfig.Broker config, AutoCloseable broker) {
        try {
            BrokerProbe.expectBroker(config);
        } catch (IOException e) {
            startDaemon("embedded-broker-stop", () -> closeQuietly(broker));
            throw cannotListen(config, e);
        }
    }

    private static void closeQuietly(AutoCloseable broker) {
        try {
            broker.close();
        } catch (Exception e) { // thrown type of AutoCloseable
            LOG.debug("the embedded broker did not stop cleanly", e);
        }
    }

    private static BrokerStartException cannotListen(BridgeConfig.Broker config, IOException cause) {
        return new BrokerStartException(
                new ListenFailure("broker", "the embedded broker").line(config.host(), config.port(), cause)
                        + ", or set mqtt.url if your own broker listens there",
                cause);
    }

    /** HiveMQ reports a busy port only in its log. */
    private static void checkFree(BridgeConfig.Broker config) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(config.host(), config.port()));
        } catch (IOException e) {
            throw cannotListen(config, e);
        }
    }

    /** Stops the broker; completes after half a second at most, while HiveMQ finishes in the background. */
    public Future<Void> stop() {
        Promise<Void> stopped = Promise.promise();
        vertx.setTimer(STOP_MILLIS, id -> stopped.tryComplete());
        startDaemon("embedded-broker-stop", () -> {
            try {
                // Not needed in memory mode, and the process may end before close() returns.
                folder.delete();
                closeQuietly(broker);
            } finally {
                folder.delete();
                stopped.tryComplete();
            }
        });
        return stopped.future();
    }

    private static void startDaemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Why the embedded broker did not start. The message is one line for users. */
    public static final class BrokerStartException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokerStartException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
