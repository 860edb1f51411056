package io.github.printer2mqtt.net;

import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.text.IpLiteral;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Resolves names with the JDK, so that {@code octopi.local} works where the system resolves it. Lookups run in a small
 * pool of their own, since the system's resolver may hang; results, also negative ones, are cached for a minute. Safe for
 * every thread.
 */
public final class NameResolver implements AutoCloseable {
    private static final long CACHE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int THREADS = 4;
    private static final int MAX_SECONDS = 5;

    /** @param addresses empty if the name has none */
    private record Entry(List<InetAddress> addresses, long atNanos) {}

    private final Map<String, Entry> cache = new ConcurrentHashMap<>();
    private final Map<String, Future<List<InetAddress>>> pending = new ConcurrentHashMap<>();
    private final WorkerExecutor pool;
    private final LongSupplier monotonicNanos;
    private final Lookup lookup;

    /** Resolves a name; may block. */
    @FunctionalInterface
    public interface Lookup {
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    private NameResolver(WorkerExecutor pool, LongSupplier monotonicNanos, Lookup lookup) {
        this.pool = pool;
        this.monotonicNanos = monotonicNanos;
        this.lookup = lookup;
    }

    public static NameResolver create(Vertx vertx, LongSupplier monotonicNanos, Lookup lookup) {
        WorkerExecutor pool = vertx.createSharedWorkerExecutor(
                "name-resolver-" + System.identityHashCode(vertx), THREADS, 1, TimeUnit.MINUTES);
        return new NameResolver(pool, monotonicNanos, lookup);
    }

    /** The addresses of a name or literal, at least one; fails with a {@link PrinterException} of reason {@code DNS}. */
    public Future<List<InetAddress>> resolve(String host) {
        InetAddress literal = IpLiteral.parse(host);
        if (literal != null) {
            return Future.succeededFuture(List.of(literal));
        }
        Entry entry = cache.get(host);
        if (entry != null && monotonicNanos.getAsLong() - entry.atNanos < CACHE_NANOS) {
            return result(entry);
        }
        // An expired entry is used while it is refreshed: an old address is better than none.
        Future<List<InetAddress>> lookup = startLookup(host);
        return entry != null && !entry.addresses.isEmpty() ? result(entry) : lookup;
    }

    private Future<List<InetAddress>> startLookup(String host) {
        Future<List<InetAddress>> running = pending.get(host);
        if (running != null) {
            return bounded(running);
        }
        Future<List<InetAddress>> lookup = pool.executeBlocking(() -> lookUp(host), false)
                .compose(addresses -> {
                    Entry entry = new Entry(addresses, monotonicNanos.getAsLong());
                    cache.put(host, entry);
                    return result(entry);
                });
        // Stays pending beyond the time limit, so that a name that hangs occupies one thread only.
        pending.put(host, lookup);
        lookup.onComplete(done -> pending.remove(host, lookup));
        return bounded(lookup);
    }

    private static Future<List<InetAddress>> bounded(Future<List<InetAddress>> lookup) {
        return lookup.timeout(MAX_SECONDS, TimeUnit.SECONDS)
                .recover(failure -> Future.failedFuture(
                        failure instanceof PrinterException
                                ? failure
                                : new PrinterException(FailureReason.DNS, "the name has no address")));
    }

    private List<InetAddress> lookUp(String host) {
        try {
            return List.of(lookup.addressesOf(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static Future<List<InetAddress>> result(Entry entry) {
        return entry.addresses.isEmpty()
                ? Future.failedFuture(new PrinterException(FailureReason.DNS, "the name has no address"))
                : Future.succeededFuture(entry.addresses);
    }

    @Override
    public void close() {
        pool.close();
    }
}
