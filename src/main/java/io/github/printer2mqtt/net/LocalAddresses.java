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
 * The addresses of this machine's network interfaces, cached for 30 seconds: every exchange needs them, and a host with
 * many containers has hundreds. Safe for every thread.
 */
final class LocalAddresses {
    private static final long CACHE_NANOS = Duration.ofSeconds(30).toNanos();

    /** Lists the addresses of all interfaces. */
    @FunctionalInterface
    interface Source {
        Set<InetAddress> list() throws SocketException;
    }

    /** @param addresses null if the system could not list them */
    private record Listed(@Nullable Set<InetAddress> addresses, long atNanos) {}

    private final Source source;
    private final LongSupplier monotonicNanos;
    private volatile @Nullable Listed listed;

    LocalAddresses(Source source, LongSupplier monotonicNanos) {
        this.source = source;
        this.monotonicNanos = monotonicNanos;
    }

    static LocalAddresses ofSystem() {
        return new LocalAddresses(
                () -> NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .collect(Collectors.toSet()),
                System::nanoTime);
    }

    /** Whether an address belongs to this machine; true if the system cannot tell. */
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
        if (known != null && now - known.atNanos < CACHE_NANOS) {
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
