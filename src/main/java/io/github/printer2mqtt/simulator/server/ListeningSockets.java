package io.github.printer2mqtt.simulator.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Closes listeners so that no further connection is accepted. */
final class ListeningSockets {
    private static final int BOUND_SECONDS = 5;
    private static final int PAUSE_MILLIS = 2;
    private static final int PROBE_MILLIS = 50;

    private ListeningSockets() {}

    /**
     * Closes a listener and completes when its port refuses connections. Java's selector releases a closed port only at its
     * next iteration, up to a second later on a busy loop, and accepts connections until then.
     */
    static Future<Void> close(Vertx vertx, NetServer listener, String host) {
        int port = listener.actualPort();
        return listener.close()
                .compose(closed -> vertx.executeBlocking(
                        () -> {
                            untilRefused(new InetSocketAddress(InetAddress.getByName(host), port));
                            return null;
                        },
                        false));
    }

    private static void untilRefused(InetSocketAddress address) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        while (System.nanoTime() < end) {
            try (Socket probe = new Socket()) {
                probe.connect(address, PROBE_MILLIS);
            } catch (ConnectException e) {
                return;
            } catch (IOException e) {
                // Reset or no response: the port is not released yet.
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
        throw new IllegalStateException("the port is still open: " + address);
    }
}
