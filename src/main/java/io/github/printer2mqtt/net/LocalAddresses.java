package io.github.printer2mqtt.net;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of this machine's network interfaces, listed once in half a minute: a machine with many containers has
 * hundreds, and each exchange with a printer asks. Safe for every thread.
 */
final class LocalAddresses {
    private static final long KEPT_NANOS = Duration.ofSeconds(30).toNanos();

    /** Lists the addresses of all interfaces. */
    @FunctionalInterface
    interface Source {
        Set<InetAddress> list() throws SocketException;
    }

    /** What was listed and when; null addresses if the system could not tell. */
    private record Listed(@Nullable Set<InetAddress> addresses, long atNanos) {}

    private final Source source;
    private final LongSupplier monotonicNanos;
    private volatile @Nullable Listed listed;

    LocalAddresses(Source source, LongSupplier monotonicNanos) {
        this.source = source;
        this.monotonicNanos = monotonicNanos;
    }

    /** Those of the operating system. */
    static LocalAddresses ofSystem() {
        return new LocalAddresses(
                () -> NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .collect(Collectors.toSet()),
                System::nanoTime);
    }

    /** Whether an address is one of this machine; so it is when the system cannot tell. */
    boolean contains(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return true;
        }
        Set<InetAddress> addresses = current().addresses;
        return addresses == null || addresses.contains(address);
    }

    private Listed current() {
        Listed known = listed;
        long now = monotonicNanos.getAsLong();
        if (known != null && now - known.atNanos < KEPT_NANOS) {
            return known;
        }
        Listed fresh = new Listed(list(), now);
        listed = fresh;
        return fresh;
    }

    private @Nullable Set<InetAddress> list() {
        try {
            return source.list();
        } catch (SocketException e) {
            return null;
        }
    }
}
