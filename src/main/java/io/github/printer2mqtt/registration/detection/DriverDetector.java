package io.github.printer2mqtt.registration.detection;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.model.address.PrinterAddress.Scheme;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.text.TextSanitizer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the driver for an address: all ports in parallel, on each port one driver after the other over one connection,
 * without credentials. Belongs to the registrations' event loop.
 */
public final class DriverDetector {
    /** For one driver at one address. */
    public static final Duration LIMIT = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(DriverDetector.class);
    private static final Duration GRACE = Duration.ofMillis(500);

    /** Where a probe fails like this, no other driver gets a response either. */
    private static final Set<FailureReason> NO_RESPONSE = EnumSet.of(
            FailureReason.TIMEOUT,
            FailureReason.REFUSED,
            FailureReason.UNREACHABLE,
            FailureReason.DNS,
            FailureReason.TLS);

    private final List<Driver> drivers;
    private final PrinterConnector connector;
    private final AddressPolicy policy;

    public DriverDetector(List<Driver> drivers, PrinterConnector connector, AddressPolicy policy) {
        this.drivers = drivers.stream()
                .sorted(Comparator.comparingInt(Driver::precedence))
                .toList();
        this.connector = connector;
        this.policy = policy;
    }

    /** No candidate address may be contacted; the message gives the reason in one line. */
    public static final class AddressRefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AddressRefusedException(String reason) {
            super(reason);
        }

        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Probes the address with every driver, on every candidate port unless the user named one; where nothing is recognised there,
     * the default ports of the drivers that have no candidate port of their own, each with its drivers only. Fails with an {@link
     * AddressRefusedException} if policy allows none of the addresses.
     */
    public Future<List<ProbeAttempt>> detect(AddressText text, @Nullable String fingerprint) {
        List<PrinterAddress> usual = candidates(text);
        AddressRefusedException refused = null;
        for (PrinterAddress candidate : usual) {
            String refusal = policy.refusal(candidate);
            if (refusal == null) {
                return probeAll(usual, address -> drivers, fingerprint)
                        .compose(attempts -> isPortGiven(text) || isRecognised(attempts)
                                ? Future.succeededFuture(attempts)
                                : probeAll(remaining(text, usual), this::listeningAt, fingerprint)
                                        .map(more -> joined(attempts, more)));
            }
            refused = new AddressRefusedException(refusal);
        }
        return Future.failedFuture(refused == null ? new IllegalStateException("no driver has a port") : refused);
    }

    private Future<List<ProbeAttempt>> probeAll(
            List<PrinterAddress> addresses,
            Function<PrinterAddress, List<Driver>> candidates,
            @Nullable String fingerprint) {
        return Future.join(addresses.stream()
                        .map(address -> {
                            String refusal = policy.refusal(address);
                            return refusal == null
                                    ? probe(address, candidates.apply(address), fingerprint)
                                    : Future.succeededFuture(ProbeAttempt.refused(address, refusal));
                        })
                        .toList())
                .map(all -> all.<ProbeAttempt>list());
    }

    private static boolean isRecognised(List<ProbeAttempt> attempts) {
        return attempts.stream().anyMatch(attempt -> attempt.match() != null);
    }

    private static List<ProbeAttempt> joined(List<ProbeAttempt> first, List<ProbeAttempt> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private List<PrinterAddress> remaining(AddressText text, List<PrinterAddress> tried) {
        return drivers.stream()
                .map(Driver::defaultPort)
                .distinct()
                .sorted()
                .map(port -> address(text, port))
                .filter(address -> !tried.contains(address))
                .toList();
    }

    private List<Driver> listeningAt(PrinterAddress address) {
        return drivers.stream()
                .filter(driver -> driver.defaultPort() == address.port())
                .toList();
    }

    /** Probes one address with the given drivers, in their order. */
    public Future<ProbeAttempt> probe(PrinterAddress address, List<Driver> candidates, @Nullable String fingerprint) {
        PrinterAddress server = candidates.size() == 1 ? candidates.get(0).server(address) : address;
        PrinterHttp http = connector.open(server, fingerprint);
        Probe probe = new Probe(address, http, candidates);
        return probe.from(0)
                .onComplete(done -> http.close())
                .compose(done -> address.isTls() && (probe.match != null || probe.noResponse == FailureReason.TLS)
                        ? certificate(address).map(probe::attempt)
                        : Future.succeededFuture(probe.attempt(null)));
    }

    private Future<@Nullable String> certificate(PrinterAddress address) {
        return connector
                .fingerprint(address, LIMIT)
                .timeout(LIMIT.plus(GRACE).plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
                .<@Nullable String>map(shown -> shown.isEmpty() ? null : shown)
                .otherwise(failure -> null);
    }

    /** An https address is never tried over plain HTTP, since the credentials would follow. */
    private List<PrinterAddress> candidates(AddressText text) {
        Integer port = text.port();
        if (isPortGiven(text)) {
            return List.of(
                    text.scheme() == null && port != null
                            ? address(text, port)
                            : text.withDefaultPort(Scheme.HTTP.port()));
        }
        return drivers.stream()
                .flatMap(driver -> driver.candidatePorts().stream())
                .distinct()
                .sorted()
                .map(each -> address(text, each))
                .toList();
    }

    private static boolean isPortGiven(AddressText text) {
        return text.port() != null || text.scheme() == Scheme.HTTPS;
    }

    private static PrinterAddress address(AddressText text, int port) {
        Scheme scheme = port == Scheme.HTTPS.port() ? Scheme.HTTPS : Scheme.HTTP;
        return new PrinterAddress(scheme, text.host(), port, text.path());
    }

    /** The drivers' probes of one address. */
    private static final class Probe {
        private final PrinterAddress address;
        private final PrinterHttp http;
        private final List<Driver> candidates;
        private final List<String> answers = new ArrayList<>();
        private @Nullable Driver match;
        private Driver.Identity identity = Driver.Identity.UNKNOWN;
        private @Nullable FailureReason noResponse;

        Probe(PrinterAddress address, PrinterHttp http, List<Driver> candidates) {
            this.address = address;
            this.http = http;
            this.candidates = candidates;
        }

        /** Never fails. Stops at the first match. */
        Future<Void> from(int index) {
            if (index >= candidates.size()) {
                return Future.succeededFuture();
            }
            Driver driver = candidates.get(index);
            // compose() makes a failed future of what the driver throws.
            return Future.succeededFuture(driver)
                    .compose(next ->
                            next.probe(http, LIMIT).timeout(LIMIT.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS))
                    .transform((result, failure) -> {
                        boolean isOver = result == null ? onFailure(driver, failure) : onResult(driver, result);
                        return isOver ? Future.succeededFuture() : from(index + 1);
                    });
        }

        private boolean onResult(Driver driver, Driver.ProbeResult result) {
            if (result.matches()) {
                match = driver;
                identity = result.identity();
                answers.clear();
                answers.add(result.evidence());
                return true;
            }
            answers.add(driver.id() + ": " + result.evidence());
            return false;
        }

        private boolean onFailure(Driver driver, Throwable failure) {
            if (failure instanceof PrinterException unavailable) {
                FailureReason reason = unavailable.failure().reason();
                answers.add(unavailable.getMessage());
                if (NO_RESPONSE.contains(reason)) {
                    noResponse = reason;
                    return true;
                }
                return false;
            }
            if (failure instanceof TimeoutException) {
                noResponse = FailureReason.TIMEOUT;
                answers.add(FailureReason.TIMEOUT.wireName());
                return true;
            }
            LOG.error("driver {} failed to probe {}", driver.id(), address, failure);
            answers.add(driver.id() + ": internal error, see the log");
            return false;
        }

        ProbeAttempt attempt(@Nullable String certificate) {
            String all = String.join("; ", answers);
            String shown = noResponse == FailureReason.TLS && certificate != null
                    ? all + "; its certificate is " + certificate
                    : all;
            return new ProbeAttempt(
                    address,
                    Objects.requireNonNullElse(TextSanitizer.line(shown, 400), ""),
                    match,
                    certificate,
                    noResponse,
                    identity);
        }
    }
}
