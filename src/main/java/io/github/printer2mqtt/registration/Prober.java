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
import io.github.printer2mqtt.registration.detection.ProbeReport;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Recognises and polls a printer once without registering it. Runs on the event loop of the registration service. */
final class Prober {
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final PrinterId PROBE_ID = new PrinterId("probed-printer");

    private final DriverDetector detector;
    private final PrinterConnector connector;

    Prober(DriverDetector detector, PrinterConnector connector) {
        this.detector = detector;
        this.connector = connector;
    }

    /** Probes all candidate ports with all drivers, and polls with the one that matched. */
    Future<ProbeReport> probeAny(RegistrationRequest request) {
        return detector.detect(request.address(), request.fingerprint())
                .recover(TargetResolver::<List<ProbeAttempt>>addressRefused)
                .compose(attempts -> {
                    ProbeAttempt best = ProbeAttempt.best(attempts).orElse(null);
                    Driver driver = best == null ? null : best.match();
                    return best == null || driver == null
                            ? Future.succeededFuture(report(attempts, null, null))
                            : poll(request, driver, best.address()).map(result -> report(attempts, best, result));
                });
    }

    /** Probes one address with one driver, and polls even if the driver does not recognise the printer. */
    Future<ProbeReport> probe(RegistrationRequest request, Driver driver, PrinterAddress address) {
        return detector.probe(address, List.of(driver), request.fingerprint())
                .compose(attempt -> poll(request, driver, address)
                        .map(result -> report(List.of(attempt), attempt.match() == null ? null : attempt, result)));
    }

    private Future<PollResult> poll(RegistrationRequest request, Driver driver, PrinterAddress address) {
        Duration timeout = Objects.requireNonNullElse(request.polling().timeout(), DriverDetector.LIMIT);
        PrinterHttp http = connector.open(address, request.fingerprint());
        PolledSession session = (PolledSession)
                driver.open(request.printer(PROBE_ID, driver.id(), address), request.credentials(), http, timeout);
        return session.poll()
                .timeout(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
                .<PollResult>map(reading -> reading)
                .recover(Prober::failure)
                .onComplete(done -> {
                    session.close();
                    http.close();
                });
    }

    private static Future<PollResult> failure(Throwable failure) {
        if (failure instanceof PrinterException exception) {
            return Future.succeededFuture(exception.failure());
        }
        return failure instanceof TimeoutException
                ? Future.succeededFuture(PollFailure.of(FailureReason.TIMEOUT))
                : Future.failedFuture(failure);
    }

    private static ProbeReport report(
            List<ProbeAttempt> attempts, @Nullable ProbeAttempt best, @Nullable PollResult result) {
        Driver driver = best == null ? null : best.match();
        return new ProbeReport(
                driver == null ? null : driver.id(),
                best == null ? null : best.address(),
                best == null ? null : best.answer(),
                result instanceof Reading reading ? reading : null,
                result instanceof PollFailure failure ? failure : null,
                best == null ? firstCertificate(attempts) : best.certificate(),
                attempts);
    }

    private static @Nullable String firstCertificate(List<ProbeAttempt> attempts) {
        return attempts.stream()
                .flatMap(attempt -> Stream.ofNullable(attempt.certificate()))
                .findFirst()
                .orElse(null);
    }
}
