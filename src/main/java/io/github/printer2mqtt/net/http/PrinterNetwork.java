package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.NameResolver;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to all printers: opens one {@link PrinterHttp} a printer, resolves names and holds the {@link AddressPolicy}
 * for every address connected to. One a bridge; safe for every thread.
 */
public final class PrinterNetwork implements AutoCloseable {
    private final Vertx vertx;
    private final AddressPolicy policy;
    private final NameResolver resolver;
    private final PrinterClients clients;
    private final LongSupplier monotonicNanos;

    private PrinterNetwork(
            Vertx vertx,
            AddressPolicy policy,
            NameResolver resolver,
            PrinterClients clients,
            LongSupplier monotonicNanos) {
        this.vertx = vertx;
        this.policy = policy;
        this.resolver = resolver;
        this.clients = clients;
        this.monotonicNanos = monotonicNanos;
    }

    /** To be called on no verticle's context; the HTTP clients live as long as Vert.x. */
    public static PrinterNetwork create(Vertx vertx, AddressPolicy policy) {
        return create(vertx, policy, System::nanoTime);
    }

    /** With monotonic time that a test can move. */
    static PrinterNetwork create(Vertx vertx, AddressPolicy policy, LongSupplier monotonicNanos) {
        return create(vertx, policy, monotonicNanos, InetAddress::getAllByName, ConnectionBudget.ofSystem());
    }

    /** With names and a number of open files that a test can choose. */
    static PrinterNetwork create(
            Vertx vertx,
            AddressPolicy policy,
            LongSupplier monotonicNanos,
            NameResolver.Lookup lookup,
            ConnectionBudget budget) {
        return new PrinterNetwork(
                vertx,
                policy,
                NameResolver.create(vertx, monotonicNanos, lookup),
                PrinterClients.create(vertx, budget),
                monotonicNanos);
    }

    /**
     * The door to one printer, for the event loop this is called on. Opens no connection yet.
     *
     * @param fingerprint of the certificate to trust, {@code sha256:} and 64 hex digits; null to trust what the system
     *     trusts
     */
    public PrinterHttp open(PrinterAddress address, @Nullable String fingerprint) {
        return open(address, fingerprint, LoopTimers.here(vertx));
    }

    /** Like {@link #open(PrinterAddress, String)}, for one of many printers that share the timers of their event loop. */
    public PrinterHttp open(PrinterAddress address, @Nullable String fingerprint, LoopTimers timers) {
        Context context = vertx.getOrCreateContext();
        return new DefaultPrinterHttp(
                context, addresses(address), clients, timers, address, fingerprint, monotonicNanos);
    }

    /** What to tell a person where too few files may be opened for so many printers, one line; null if enough. */
    public @Nullable String shortageOfFiles(int printers) {
        return clients.budget().shortage(printers);
    }

    /** The fingerprint of the certificate that answers at an address, whatever it is; sends nothing over it. */
    public Future<String> fingerprint(PrinterAddress address, Duration limit) {
        PinnedTrustManager seen = PinnedTrustManager.any();
        NetClient client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) limit.toMillis())
                .setSsl(true)
                .setHostnameVerificationAlgorithm("")
                .setSslHandshakeTimeout(limit.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTrustOptions(TrustOptions.wrap(seen)));
        return addresses(address)
                .inOrder()
                .compose(found -> client.connect(address.port(), found.get(0).getHostAddress()))
                .compose(socket -> socket.close().map(closed -> seen.fingerprint()))
                .recover(failure -> Future.failedFuture(FailureClassifier.of(failure)))
                .timeout(limit.toMillis() + 1000, TimeUnit.MILLISECONDS)
                .eventually(client::close);
    }

    private PrinterAddresses addresses(PrinterAddress address) {
        return new PrinterAddresses(resolver, policy, address, AddressPolicy.literal(address.host()));
    }

    @Override
    public void close() {
        resolver.close();
    }
}
