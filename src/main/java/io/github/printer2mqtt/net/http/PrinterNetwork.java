package io.github.printer2mqtt.net.http;

import io.github.printer2mqtt.cluster.Ownership;
import io.github.printer2mqtt.metrics.MetricsRegistry;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.NameResolver;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.ReceivedMessages;
import io.github.printer2mqtt.net.tls.PinnedTrustManager;
import io.github.printer2mqtt.text.IpLiteral;
import io.github.printer2mqtt.vertx.LoopTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens a {@link PrinterHttp} for each printer, resolves names and enforces the {@link AddressPolicy} for every
 * connection. One per bridge; safe for every thread.
 */
public final class PrinterNetwork implements AutoCloseable {
    /** What a bridge that shares its printers with no other calls itself in requests. */
    private static final String USER_AGENT = "printer2mqtt";

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

    /** A node names itself and its term, so that a printer's log shows which one asked. */
    private static String userAgent(String version, Ownership ownership) {
        Ownership.Holder holder = ownership.holder();
        return holder == null
                ? USER_AGENT
                : USER_AGENT + "/" + version + " (node " + holder.node() + "; epoch " + holder.epoch() + ")";
    }

    /** Must not be called on the context of a verticle, which would close the HTTP clients when it is undeployed. */
    public static PrinterNetwork create(Vertx vertx, AddressPolicy policy) {
        return create(vertx, policy, System::nanoTime);
    }

    /**
     * The same with further authorities for printers that have one of their own.
     *
     * @param printerCa a PEM file, read at each connect; null for none
     * @param version of the program
     * @param ownership of the printers; after its loss no request is sent
     */
    public static PrinterNetwork create(
            Vertx vertx, AddressPolicy policy, @Nullable String printerCa, String version, Ownership ownership) {
        return new PrinterNetwork(
                vertx,
                policy,
                NameResolver.create(vertx, System::nanoTime, InetAddress::getAllByName),
                PrinterClients.create(
                        vertx, ConnectionBudget.ofProcess(), printerCa, userAgent(version, ownership), ownership),
                System::nanoTime);
    }

    static PrinterNetwork create(Vertx vertx, AddressPolicy policy, LongSupplier monotonicNanos) {
        return create(vertx, policy, monotonicNanos, InetAddress::getAllByName, ConnectionBudget.ofProcess());
    }

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
                PrinterClients.create(vertx, budget, null, USER_AGENT, Ownership.alone()),
                monotonicNanos);
    }

    /**
     * A client for one printer, for the event loop this is called on; opens no connection yet.
     *
     * @param fingerprint of the certificate to trust, {@code sha256:} and 64 hex digits; null for the authorities of the
     *     system
     */
    public PrinterHttp open(PrinterAddress address, @Nullable String fingerprint) {
        return open(address, fingerprint, LoopTimers.ofCurrent(vertx));
    }

    /** The same, with the timers that all printers of an event loop share. */
    public PrinterHttp open(PrinterAddress address, @Nullable String fingerprint, LoopTimers timers) {
        Context context = vertx.getOrCreateContext();
        return new DefaultPrinterHttp(
                context, addresses(address), clients, timers, address, fingerprint, monotonicNanos);
    }

    /** Why no bridge can run with the limit of open files of this process; null if it is high enough. */
    public static @Nullable String tooFewFiles() {
        return ConnectionBudget.ofProcess().tooFew();
    }

    /** A warning for the user if the limit of open files is too low for so many printers; null if it is not. */
    public @Nullable String shortageOfFiles(int printers) {
        return clients.budget().shortage(printers);
    }

    /** Shows in health and metrics whether the limit of open files fits the number of registered printers. */
    public void showOpenFiles(MetricsRegistry metricsRegistry, IntSupplier printers) {
        clients.budget().show(metricsRegistry, printers);
    }

    /** What all printers have sent over web sockets since the start. */
    public ReceivedMessages received() {
        return clients.received();
    }

    /**
     * The addresses of a printer's host that the bridge may connect to, at least one. Fails with a {@link PrinterException}:
     * {@code DNS}, or {@code UNREACHABLE} with the reason if policy allows none of them.
     */
    public Future<List<InetAddress>> resolve(PrinterAddress address) {
        return addresses(address).resolve();
    }

    /**
     * Opens a TCP connection to one of the addresses that {@link #resolve} gave, and closes it; sends nothing. Fails with a
     * {@link PrinterException}: {@code TIMEOUT, REFUSED} or {@code UNREACHABLE}.
     */
    public Future<Void> connect(InetAddress ip, int port, Duration limit) {
        ConnectionBudget budget = clients.budget();
        if (!budget.acquire()) {
            return Future.failedFuture(ConnectionBudget.exhausted());
        }
        NetClient client = vertx.createNetClient(new NetClientOptions().setConnectTimeout((int) limit.toMillis()));
        return client.connect(port, ip.getHostAddress())
                .compose(NetSocket::close)
                .recover(PrinterNetwork::openedOrFailed)
                .eventually(client::close)
                .onComplete(done -> budget.release());
    }

    /** A connection that is reset at once was open. */
    private static Future<Void> openedOrFailed(Throwable failure) {
        Throwable known = FailureClassifier.of(failure);
        return known instanceof PrinterException exception
                        && exception.failure().reason() == FailureReason.UNREADABLE
                ? Future.succeededFuture()
                : Future.failedFuture(known);
    }

    /** The fingerprint of the certificate presented at an address, trusted or not; sends no request. */
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
                .resolve()
                .compose(resolved ->
                        client.connect(address.port(), resolved.get(0).getHostAddress()))
                .compose(socket -> socket.close().map(closed -> seen.fingerprint()))
                .recover(failure -> Future.failedFuture(FailureClassifier.of(failure)))
                .timeout(limit.toMillis() + 1000, TimeUnit.MILLISECONDS)
                .eventually(client::close);
    }

    private PrinterAddresses addresses(PrinterAddress address) {
        return new PrinterAddresses(resolver, policy, address, IpLiteral.parse(address.host()));
    }

    @Override
    public void close() {
        resolver.close();
    }
}
