package io.github.printer2mqtt.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports for servers that cannot report which one they got, and for addresses at which nothing listens. */
public final class Ports {
    private static final int FORKS = 4;
    private static final int COUNT = 3_000;

    /** Below the ephemeral ports of the system. Each test JVM of a build has a range of its own, so that none takes another's. */
    private static final int FIRST = 20_000 + COUNT * ((Integer.getInteger("printer2mqtt.test.fork", 1) - 1) % FORKS);

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private Ports() {}

    /** A port of 127.0.0.1 on which nothing listens; a different one at each call. */
    public static int free() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("all ports from " + FIRST + " to " + (FIRST + COUNT - 1) + " are in use");
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
