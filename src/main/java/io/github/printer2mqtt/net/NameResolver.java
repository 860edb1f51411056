package io.github.printer2mqtt.net;

import io.github.printer2mqtt.model.FailureReason;
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
 * Names to addresses by the JDK, so that {@code octopi.local} works where the system can resolve it, in a small pool of
 * its own: a resolver that hangs holds up only the printers whose names it was asked for. Answers, good and bad, are kept
 * a minute. Safe for every thread.
 */
public final class NameResolver implements AutoCloseable {
    private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int THREADS = 4;
    private static final int LONGEST_SECONDS = 5;

    /** What was found and when; addresses are empty if the name has none. */
    private record Entry(List<InetAddress> addresses, long atNanos) {}

    private final Map<String, Entry> known = new ConcurrentHashMap<>();
    private final Map<String, Future<List<InetAddress>>> asking = new ConcurrentHashMap<>();
    private final WorkerExecutor pool;
    private final LongSupplier monotonicNanos;
    private final Lookup lookup;

    /** Asks the system; may block. */
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
        InetAddress literal = AddressPolicy.literal(host);
        if (literal != null) {
            return Future.succeededFuture(List.of(literal));
        }
        Entry entry = known.get(host);
        if (entry != null && monotonicNanos.getAsLong() - entry.atNanos < KEPT_NANOS) {
            return answer(entry);
        }
        // While the system is asked again an address that worked is better than none.
        Future<List<InetAddress>> asked = ask(host);
        return entry != null && !entry.addresses.isEmpty() ? answer(entry) : asked;
    }

    private Future<List<InetAddress>> ask(String host) {
        Future<List<InetAddress>> underWay = asking.get(host);
        if (underWay != null) {
            return bounded(underWay);
        }
        Future<List<InetAddress>> asked = pool.executeBlocking(() -> lookUp(host), false)
                .compose(addresses -> {
                    Entry entry = new Entry(addresses, monotonicNanos.getAsLong());
                    known.put(host, entry);
                    return answer(entry);
                });
        // It is asked for until the system has answered, so that names for which it hangs make no queue in the pool.
        asking.put(host, asked);
        asked.onComplete(done -> asking.remove(host, asked));
        return bounded(asked);
    }

    private static Future<List<InetAddress>> bounded(Future<List<InetAddress>> asked) {
        return asked.timeout(LONGEST_SECONDS, TimeUnit.SECONDS)
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

    private static Future<List<InetAddress>> answer(Entry entry) {
        return entry.addresses.isEmpty()
                ? Future.failedFuture(new PrinterException(FailureReason.DNS, "the name has no address"))
                : Future.succeededFuture(entry.addresses);
    }

    @Override
    public void close() {
        pool.close();
    }
}
