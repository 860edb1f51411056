package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.PolledSession;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PollResult;
import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.registration.detection.DriverDetector;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.detection.ProbeAttempt;
import io.github.printer2mqtt.registration.detection.ProbeAttempt.Match;
import io.github.printer2mqtt.registration.detection.ProbeReport;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tries a printer without registering it: recognises it and polls it once. Belongs to the loop of the registrations. */
final class Prober {
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final PrinterId TRIAL = new PrinterId("trial");

    private final DriverDetector detection;
    private final PrinterConnector dialler;

    Prober(DriverDetector detection, PrinterConnector dialler) {
        this.detection = detection;
        this.dialler = dialler;
    }

    /** Tries all drivers on all ports, and polls with the one that matched. */
    Future<ProbeReport> probeAny(RegistrationRequest form) {
        return detection
                .knock(form.address(), form.fingerprint())
                .recover(TargetResolver::<List<ProbeAttempt>>addressRefused)
                .compose(knocks -> {
                    Match match = ProbeAttempt.best(knocks).orElse(null);
                    return match == null
                            ? Future.succeededFuture(report(knocks, null, null))
                            : poll(form, match.driver(), match.address())
                                    .map(finding -> report(knocks, match, finding));
                });
    }

    /** Tries one driver at one address, and polls even if the driver does not recognise what answers. */
    Future<ProbeReport> probe(RegistrationRequest form, Driver driver, PrinterAddress address) {
        return detection
                .knock(address, List.of(driver), form.fingerprint())
                .compose(knock ->
                        poll(form, driver, address).map(finding -> report(List.of(knock), knock.match(), finding)));
    }

    private Future<PollResult> poll(RegistrationRequest form, Driver driver, PrinterAddress address) {
        Duration limit = Objects.requireNonNullElse(form.polling().timeout(), DriverDetector.LIMIT);
        PrinterHttp http = dialler.dial(address, form.fingerprint());
        PolledSession session = driver.open(form.printer(TRIAL, driver.id(), address), form.credentials(), http, limit);
        return session.poll()
                .timeout(limit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
                .<PollResult>map(reading -> reading)
                .recover(Prober::miss)
                .eventually(() -> {
                    session.close();
                    http.close();
                    return Future.succeededFuture();
                });
    }

    private static Future<PollResult> miss(Throwable failure) {
        if (failure instanceof PrinterException fault) {
            return Future.succeededFuture(fault.miss());
        }
        return failure instanceof TimeoutException
                ? Future.succeededFuture(PollFailure.of(FailureReason.TIMEOUT))
                : Future.failedFuture(failure);
    }

    private static ProbeReport report(List<ProbeAttempt> knocks, @Nullable Match match, @Nullable PollResult finding) {
        return new ProbeReport(
                match == null ? null : match.driver().id(),
                match == null ? null : match.address(),
                match == null ? null : match.evidence(),
                finding instanceof Reading reading ? reading : null,
                finding instanceof PollFailure miss ? miss : null,
                certificate(knocks, match),
                ProbeAttempt.attempts(knocks));
    }

    /** Of the printer that was recognised; where none was, of the first that showed one. */
    private static @Nullable String certificate(List<ProbeAttempt> knocks, @Nullable Match match) {
        for (ProbeAttempt knock : knocks) {
            boolean isIt = match == null || knock.address().equals(match.address());
            if (isIt && knock.certificate() != null) {
                return knock.certificate();
            }
        }
        return null;
    }
}
