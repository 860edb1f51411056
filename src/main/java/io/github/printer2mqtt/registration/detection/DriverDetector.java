package io.github.printer2mqtt.registration.detection;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.AddressText;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.model.PrinterAddress.Scheme;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.registration.detection.ProbeAttempt.Match;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which protocol is spoken at an address: all ports at once, on each port one driver after the other over one
 * connection, without credentials. Belongs to the loop of the registrations.
 */
public final class DriverDetector {
    public static final Duration LIMIT = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(DriverDetector.class);
    private static final List<Integer> PORTS = List.of(80, 443, 5000, 7125, 8080);
    private static final int TLS_PORT = 443;
    private static final Duration GRACE = Duration.ofMillis(500);

    /** Moonraker answers OctoPrint's questions too, and so do others' imitations: the rarer answer is trusted more. */
    private static final List<String> PREFERENCE = List.of("moonraker", "octoprint", "prusalink");

    /** Where nothing answers one driver, nothing will answer the next. */
    private static final Set<FailureReason> NOBODY = EnumSet.of(
            FailureReason.TIMEOUT,
            FailureReason.REFUSED,
            FailureReason.UNREACHABLE,
            FailureReason.DNS,
            FailureReason.TLS);

    private final List<Driver> drivers;
    private final PrinterConnector dialler;
    private final AddressPolicy policy;

    public DriverDetector(List<Driver> drivers, PrinterConnector dialler, AddressPolicy policy) {
        this.drivers = drivers.stream()
                .sorted(Comparator.comparingInt(DriverDetector::preference))
                .toList();
        this.dialler = dialler;
        this.policy = policy;
    }

    /** None of the addresses may be contacted; the message says why, in one line. */
    public static final class AddressRefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        AddressRefusedException(String reason) {
            super(reason);
            this.reason = reason;
        }

        /** Why, in one line. */
        public String reason() {
            return reason;
        }
    }

    /**
     * Tries every port that a user may have meant with every driver.
     *
     * @throws AddressRefusedException if none of the addresses may be asked
     */
    public Future<List<ProbeAttempt>> knock(AddressText text, @Nullable String fingerprint) {
        List<PrinterAddress> candidates = candidates(text);
        AddressRefusedException refused = null;
        boolean allowed = false;
        List<Future<ProbeAttempt>> knocks = new ArrayList<>();
        for (PrinterAddress candidate : candidates) {
            String refusal = policy.refusal(candidate);
            if (refusal == null) {
                allowed = true;
                knocks.add(knock(candidate, drivers, fingerprint));
            } else {
                refused = new AddressRefusedException(refusal);
                knocks.add(Future.succeededFuture(ProbeAttempt.refused(candidate, refusal)));
            }
        }
        if (!allowed && refused != null) {
            return Future.failedFuture(refused);
        }
        return Future.join(knocks).map(all -> all.<ProbeAttempt>list());
    }

    /** Tries one address with some drivers. */
    public Future<ProbeAttempt> knock(PrinterAddress address, List<Driver> asked, @Nullable String fingerprint) {
        PrinterHttp http = dialler.dial(address, fingerprint);
        Round round = new Round(address, http, asked);
        return round.ask(0)
                .eventually(() -> {
                    http.close();
                    return Future.succeededFuture();
                })
                .compose(asking -> address.isTls() && (round.match != null || round.tlsFault)
                        ? certificate(address).map(round::knock)
                        : Future.succeededFuture(round.knock(null)));
    }

    private Future<@Nullable String> certificate(PrinterAddress address) {
        return dialler.fingerprint(address, LIMIT)
                .timeout(LIMIT.plus(GRACE).plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
                .<@Nullable String>map(shown -> shown.isEmpty() ? null : shown)
                .otherwise(failure -> null);
    }

    /** Plain HTTP is not tried for somebody who asked for https: credentials would follow. */
    private static List<PrinterAddress> candidates(AddressText text) {
        Integer port = text.port();
        if (port != null || text.scheme() == Scheme.HTTPS) {
            boolean tls = text.scheme() == null && Objects.equals(port, TLS_PORT);
            return List.of(
                    tls
                            ? new PrinterAddress(Scheme.HTTPS, text.host(), TLS_PORT, text.path())
                            : text.withDefaultPort(Scheme.HTTP.port()));
        }
        return PORTS.stream()
                .map(each -> new PrinterAddress(
                        each == TLS_PORT ? Scheme.HTTPS : Scheme.HTTP, text.host(), each, text.path()))
                .toList();
    }

    private static int preference(Driver driver) {
        int place = PREFERENCE.indexOf(driver.id());
        return place < 0 ? PREFERENCE.size() : place;
    }

    /** The drivers' questions at one address. */
    private static final class Round {
        private final PrinterAddress address;
        private final PrinterHttp http;
        private final List<Driver> asked;
        private final List<String> said = new ArrayList<>();
        private @Nullable Match match;
        private boolean tlsFault;

        Round(PrinterAddress address, PrinterHttp http, List<Driver> asked) {
            this.address = address;
            this.http = http;
            this.asked = asked;
        }

        /** Never fails. Ends at the first match, since the drivers come in the order of preference. */
        Future<Void> ask(int place) {
            if (place >= asked.size()) {
                return Future.succeededFuture();
            }
            Driver driver = asked.get(place);
            return recognise(driver).transform((recognition, failure) -> {
                if (recognition != null && recognition.matches()) {
                    match = new Match(driver, preference(driver), address, recognition.evidence());
                    return Future.succeededFuture();
                }
                boolean goesOn = recognition != null ? heard(driver, recognition) : failed(driver, failure);
                return goesOn ? ask(place + 1) : Future.succeededFuture();
            });
        }

        private Future<Driver.Recognition> recognise(Driver driver) {
            try {
                return driver.recognise(http, LIMIT).timeout(LIMIT.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
            } catch (RuntimeException e) {
                return Future.failedFuture(e);
            }
        }

        private boolean heard(Driver driver, Driver.Recognition recognition) {
            said.add(driver.id() + ": " + recognition.evidence());
            return true;
        }

        private boolean failed(Driver driver, Throwable failure) {
            if (failure instanceof PrinterException fault) {
                FailureReason reason = fault.miss().reason();
                tlsFault = reason == FailureReason.TLS;
                said.add(fault.getMessage());
                return !NOBODY.contains(reason);
            }
            if (failure instanceof TimeoutException) {
                said.add(FailureReason.TIMEOUT.wireName());
                return false;
            }
            LOG.error("driver {} failed to recognise {}", driver.id(), address, failure);
            said.add(driver.id() + ": failed, see the log");
            return true;
        }

        ProbeAttempt knock(@Nullable String certificate) {
            String all = match != null ? match.evidence() : String.join("; ", said);
            String shown = tlsFault && certificate != null ? all + "; its certificate is " + certificate : all;
            return new ProbeAttempt(
                    address, Objects.requireNonNullElse(TextSanitizer.line(shown, 400), ""), match, certificate);
        }
    }
}
