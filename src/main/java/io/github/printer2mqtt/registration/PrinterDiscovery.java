package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Registration;
import io.github.printer2mqtt.persistence.PrinterRepository;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.detection.ProbeAttempt;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport.FoundPrinter;
import io.github.printer2mqtt.registration.discovery.NetworkScan;
import io.github.printer2mqtt.registration.discovery.NetworkScan.NetworkRefusedException;
import io.github.printer2mqtt.registration.discovery.Subnet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds printers in a network on request, one scan at a time, and says which are registered. Belongs to the event loop of the
 * registration service.
 */
final class PrinterDiscovery {
    private static final String NETWORK = "network";

    /** A shorter user name is no serial number. */
    private static final int MIN_SERIAL_LENGTH = 6;

    private final Vertx vertx;
    private final NetworkScan scan;
    private final Supplier<List<Subnet>> ownNetworks;
    private final PrinterRepository repository;
    private final LongSupplier nanos;
    private @Nullable Running running;

    /** The scan that is running; further requests for the same networks share it. */
    private record Running(List<Subnet> networks, Future<DiscoveryReport> report) {}

    /**
     * @param ownNetworks those of the machine; may block
     * @param nanos monotonic time
     */
    PrinterDiscovery(
            Vertx vertx,
            NetworkScan scan,
            Supplier<List<Subnet>> ownNetworks,
            PrinterRepository repository,
            LongSupplier nanos) {
        this.vertx = vertx;
        this.scan = scan;
        this.ownNetworks = ownNetworks;
        this.repository = repository;
        this.nanos = nanos;
    }

    /** @param request {@code network} in CIDR notation, or nothing for the networks of the machine */
    Future<DiscoveryReport> discover(JsonObject request) {
        Fields fields = Fields.of(request);
        fields.requireKnownNames(List.of(NETWORK));
        Subnet given = fields.parsed(NETWORK, Subnet::parse);
        return given == null ? vertx.executeBlocking(ownNetworks::get).compose(this::scan) : scan(List.of(given));
    }

    private Future<DiscoveryReport> scan(List<Subnet> networks) {
        if (networks.isEmpty()) {
            return Future.failedFuture(new RegistrationException(
                    Code.INVALID_FIELD,
                    NETWORK,
                    "found no private IPv4 network of this machine, expected one, for example 192.168.1.0/24"));
        }
        Running current = running;
        if (current != null) {
            return current.networks.equals(networks)
                    ? current.report
                    : Future.failedFuture(new RegistrationException(
                            Code.BUSY, null, "another network is being scanned; try again when that has ended"));
        }
        long start = nanos.getAsLong();
        Future<DiscoveryReport> report = scan.run(networks)
                .recover(failure -> Future.failedFuture(
                        failure instanceof NetworkRefusedException refused
                                ? new RegistrationException(
                                        Code.ADDRESS_REFUSED, NETWORK, String.valueOf(refused.getMessage()))
                                : failure))
                .map(found -> report(networks, found, Duration.ofNanos(nanos.getAsLong() - start)));
        if (!report.isComplete()) {
            running = new Running(networks, report);
            report.onComplete(ended -> running = null);
        }
        return report;
    }

    private DiscoveryReport report(List<Subnet> networks, NetworkScan.Result found, Duration took) {
        List<FoundPrinter> printers =
                found.printers().stream().flatMap(this::printer).toList();
        return new DiscoveryReport(
                networks.stream().map(Subnet::toString).toList(),
                found.addresses(),
                found.isComplete(),
                took,
                printers);
    }

    private Stream<FoundPrinter> printer(ProbeAttempt attempt) {
        return Stream.ofNullable(attempt.match())
                .map(driver -> new FoundPrinter(
                        driver.id(),
                        attempt.address(),
                        attempt.answer(),
                        attempt.certificate(),
                        registered(attempt, driver.id())));
    }

    private @Nullable PrinterId registered(ProbeAttempt attempt, String driver) {
        PrinterId owner = repository.findByAddress(attempt.address());
        return owner != null
                ? owner
                : repository.all().stream()
                        .map(Registration::printer)
                        .filter(printer -> printer.driver().equals(driver))
                        .filter(printer -> printer.address()
                                        .host()
                                        .equals(attempt.address().host())
                                || isNamed(printer, attempt))
                        .map(Printer::id)
                        .findFirst()
                        .orElse(null);
    }

    /** Whether the evidence has the serial number that a printer is registered with, which is its user name. */
    private boolean isNamed(Printer printer, ProbeAttempt attempt) {
        Credentials credentials = repository.credentials(printer.id());
        String serial = credentials.username();
        return serial != null
                && serial.length() >= MIN_SERIAL_LENGTH
                && Pattern.compile("\\b" + Pattern.quote(serial.toUpperCase(Locale.ROOT)) + "\\b")
                        .matcher(attempt.answer().toUpperCase(Locale.ROOT))
                        .find();
    }
}
