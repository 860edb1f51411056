package io.github.printer2mqtt.registration.discovery;

import io.github.printer2mqtt.net.lan.LanInterface;
import io.github.printer2mqtt.registration.discovery.LanSearch.Heard;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Looks for printers by a scan of addresses and by announcements at the same time. What announces itself is probed after the scan, and only
 * if that did not recognise it, so that a printer with few connections gets one probe. Belongs to the event loop of the registration
 * service.
 */
public final class NetworkSearch {
    private static final NetworkScan.Result NO_SCAN = new NetworkScan.Result(List.of(), 0, true);

    private final NetworkScan scan;
    private final LanSearch lan;
    private final LongSupplier nanos;

    /**
     * Where to look.
     *
     * @param subnets to scan; empty for none
     * @param interfaces whose networks are asked for announcements; empty for none
     */
    public record Scope(List<Subnet> subnets, List<LanInterface> interfaces) {
        public Scope {
            subnets = List.copyOf(subnets);
            interfaces = List.copyOf(interfaces);
        }
    }

    /** @param nanos monotonic time */
    public NetworkSearch(NetworkScan scan, LanSearch lan, LongSupplier nanos) {
        this.scan = scan;
        this.lan = lan;
        this.nanos = nanos;
    }

    /** Fails with a {@link NetworkScan.NetworkRefusedException} if no address of the subnets may be contacted. */
    public Future<DiscoveryReport> run(Scope scope) {
        long start = nanos.getAsLong();
        Future<NetworkScan.Result> scanned =
                scope.subnets.isEmpty() ? Future.succeededFuture(NO_SCAN) : scan.run(scope.subnets);
        Future<Heard> heard =
                scope.interfaces.isEmpty() ? Future.succeededFuture(Heard.nothing()) : lan.listen(scope.interfaces);
        return Future.all(scanned, heard)
                .compose(both -> lan.probe(heard.result(), scanned.result().printers()))
                .map(announced ->
                        report(scope, scanned.result(), announced, Duration.ofNanos(nanos.getAsLong() - start)));
    }

    private static DiscoveryReport report(
            Scope scope, NetworkScan.Result scanned, LanSearch.Result announced, Duration took) {
        return new DiscoveryReport(
                scope.subnets.stream().map(Subnet::toString).toList(),
                scanned.addresses(),
                scanned.isComplete() && announced.isComplete(),
                took,
                announced.problems(),
                FoundPrinters.of(scanned.printers(), announced.sightings()),
                List.of());
    }
}
