package io.github.printer2mqtt.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Closing of listeners so that nobody gets in any more. */
final class Listeners {
    private static final int TRIES = 200;
    private static final int PROBE_MILLIS = 50;

    private Listeners() {}

    /**
     * Closes a listener; completes when its port refuses. A selector of Java lets go of a closed port only at its next
     * turn, so for a moment after the close connections are still taken.
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
        for (int i = 0; i < TRIES; i++) {
            try (Socket probe = new Socket()) {
                probe.connect(address, PROBE_MILLIS);
            } catch (IOException e) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        throw new IllegalStateException("somebody still listens at " + address);
    }
}
