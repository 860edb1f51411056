package io.github.printer2mqtt.registration.service;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.lan.LanExchange;
import io.github.printer2mqtt.net.lan.LanInterface;
import io.github.printer2mqtt.net.lan.LanInterfaces;
import io.github.printer2mqtt.persistence.PrinterRepository;
import io.github.printer2mqtt.registration.Fields;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.detection.DriverDetector;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport.FoundPrinter;
import io.github.printer2mqtt.registration.discovery.LanSearch;
import io.github.printer2mqtt.registration.discovery.LocalSubnets;
import io.github.printer2mqtt.registration.discovery.NetworkScan;
import io.github.printer2mqtt.registration.discovery.NetworkScan.NetworkRefusedException;
import io.github.printer2mqtt.registration.discovery.NetworkSearch;
import io.github.printer2mqtt.registration.discovery.Subnet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds printers in a network on request, one search at a time, and says which are registered. Belongs to the event loop of the
 * registration service.
 */
final class PrinterDiscovery {
    private static final String NETWORK = "network";
    private static final String SCAN = "scan";

    /** A shorter user name is no serial number. */
    private static final int MIN_SERIAL_LENGTH = 6;

    private final Vertx vertx;
    private final NetworkSearch search;
    private final Supplier<List<LanInterface>> ownNetworks;
    private final PrinterRepository repository;
    private final PrinterFollower follower;
    private @Nullable Running running;

    /** The search that is running; further requests for the same networks share it. */
    private record Running(NetworkSearch.Scope scope, Future<DiscoveryReport> report) {}

    /** @param ownNetworks those of the machine; may block */
    PrinterDiscovery(
            Vertx vertx,
            NetworkSearch search,
            Supplier<List<LanInterface>> ownNetworks,
            PrinterRepository repository,
            PrinterFollower follower) {
        this.vertx = vertx;
        this.search = search;
        this.ownNetworks = ownNetworks;
        this.repository = repository;
        this.follower = follower;
    }

    /** Searches the networks of this machine with the usual limits. */
    static PrinterDiscovery create(
            Vertx vertx,
            List<Driver> drivers,
            PrinterConnector connector,
            DriverDetector detector,
            AddressPolicy policy,
            PrinterRepository repository,
            PrinterFollower follower) {
        NetworkScan scan = new NetworkScan(
                vertx, drivers, connector, detector, policy, NetworkScan.Limits.usual(), System::nanoTime);
        LanSearch lan = new LanSearch(
                drivers,
                new LanExchange(vertx, LanExchange.Limits.usual()),
                detector,
                policy,
                LanSearch.Limits.usual(),
                System::nanoTime);
        return new PrinterDiscovery(
                vertx, new NetworkSearch(scan, lan, System::nanoTime), LanInterfaces::ofSystem, repository, follower);
    }

    /**
     * @param request {@code network} in CIDR notation, or nothing for the networks of the machine; {@code scan} false to evaluate
     *     announcements only
     */
    Future<DiscoveryReport> discover(JsonObject request) {
        Fields fields = Fields.of(request);
        fields.requireKnownNames(List.of(NETWORK, SCAN));
        Subnet given = fields.parsed(NETWORK, Subnet::parse);
        boolean isScanned = !Boolean.FALSE.equals(fields.flag(SCAN));
        if (given != null && !isScanned) {
            throw new RegistrationException(
                    Code.INVALID_FIELD,
                    SCAN,
                    "found false with a network, expected no network: announcements come from the bridge's own networks only");
        }
        return given == null
                ? vertx.executeBlocking(ownNetworks::get).compose(own -> searchOwn(own, isScanned))
                : search(new NetworkSearch.Scope(List.of(given), List.of()));
    }

    private Future<DiscoveryReport> searchOwn(List<LanInterface> own, boolean isScanned) {
        List<Subnet> subnets = LocalSubnets.of(own);
        if (subnets.isEmpty()) {
            return Future.failedFuture(new RegistrationException(
                    Code.INVALID_FIELD,
                    NETWORK,
                    "found no private IPv4 network of this machine, expected one, for example 192.168.1.0/24"));
        }
        return search(new NetworkSearch.Scope(isScanned ? subnets : List.of(), own));
    }

    private Future<DiscoveryReport> search(NetworkSearch.Scope scope) {
        Running current = running;
        if (current != null) {
            return current.scope.equals(scope)
                    ? current.report
                    : Future.failedFuture(new RegistrationException(
                            Code.BUSY, null, "another search is running; try again when that has ended"));
        }
        Future<DiscoveryReport> report = search.run(scope)
                .recover(failure -> Future.failedFuture(
                        failure instanceof NetworkRefusedException refused
                                ? new RegistrationException(
                                        Code.ADDRESS_REFUSED, NETWORK, String.valueOf(refused.getMessage()))
                                : failure))
                .map(found -> found.with(found.printers().stream()
                        .map(each -> each.as(registered(each)))
                        .toList()))
                .compose(found -> follower.follow(found.printers()).map(found::following));
        if (!report.isComplete()) {
            running = new Running(scope, report);
            report.onComplete(ended -> running = null);
        }
        return report;
    }

    private @Nullable PrinterId registered(FoundPrinter found) {
        PrinterId owner = repository.findByAddress(found.address());
        return owner != null
                ? owner
                : repository.all().stream()
                        .map(Registration::printer)
                        .filter(printer -> printer.driver().equals(found.driver()))
                        .filter(printer ->
                                printer.address().host().equals(found.address().host())
                                        || hasSerialNumber(
                                                printer, found.identity().serialNumber()))
                        .map(Printer::id)
                        .findFirst()
                        .orElse(null);
    }

    /** Whether a printer is registered with a serial number, which is its user name. */
    private boolean hasSerialNumber(Printer printer, @Nullable String serialNumber) {
        Credentials credentials = repository.credentials(printer.id());
        String registered = credentials.username();
        return registered != null
                && registered.length() >= MIN_SERIAL_LENGTH
                && registered.equalsIgnoreCase(serialNumber);
    }
}
