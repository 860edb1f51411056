package io.github.printer2mqtt.registration.service;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.model.Reading;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.registration.ProbeReport;
import io.github.printer2mqtt.registration.RegistrationRequest;
import io.github.printer2mqtt.registration.detection.DriverDetector;
import io.github.printer2mqtt.registration.detection.ProbeAttempt;
import io.github.printer2mqtt.registration.diagnosis.Diagnoser;
import io.github.printer2mqtt.registration.diagnosis.Diagnosis;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recognises and diagnoses a printer once without registering it. Runs on the event loop of the registration service.
 */
final class Prober {
    private static final PrinterId PROBE_ID = new PrinterId("probed-printer");

    private final DriverDetector detector;
    private final Diagnoser diagnoser;

    Prober(DriverDetector detector, Diagnoser diagnoser) {
        this.detector = detector;
        this.diagnoser = diagnoser;
    }

    /** Probes all candidate ports with all drivers, and diagnoses the port that matched, or else the most promising one. */
    Future<ProbeReport> probeAny(RegistrationRequest request) {
        return detector.detect(request.address(), request.fingerprint())
                .recover(TargetResolver::<List<ProbeAttempt>>addressRefused)
                .compose(attempts -> {
                    ProbeAttempt attempt = ProbeAttempt.best(attempts)
                            .or(() -> ProbeAttempt.mostPromising(attempts))
                            .orElseThrow();
                    return diagnose(request, attempt.match(), attempt.address())
                            .map(diagnosis -> report(attempts, attempt.match() == null ? null : attempt, diagnosis));
                });
    }

    /** Diagnoses one address with one driver, and polls even if the driver does not recognise the printer. */
    Future<ProbeReport> probe(RegistrationRequest request, Driver driver, PrinterAddress address) {
        return diagnose(request, driver, address).map(diagnosis -> {
            ProbeAttempt attempt = attempt(driver, address, diagnosis);
            return report(List.of(attempt), attempt.match() == null ? null : attempt, diagnosis);
        });
    }

    private Future<Diagnosis> diagnose(RegistrationRequest request, @Nullable Driver driver, PrinterAddress address) {
        String driverId = driver == null ? RegistrationRequest.AUTO : driver.id();
        return diagnoser.diagnose(new Diagnoser.Target(
                request.printer(PROBE_ID, driverId, address, null), request.credentials(), driver));
    }

    private static ProbeAttempt attempt(Driver driver, PrinterAddress address, Diagnosis diagnosis) {
        String evidence = diagnosis.evidence();
        if (evidence != null) {
            return new ProbeAttempt(address, evidence, driver, diagnosis.certificate(), null);
        }
        String answer = diagnosis.answer();
        PollFailure failure = diagnosis.poll() instanceof PollFailure found ? found : null;
        String text = answer == null && failure != null ? text(failure) : driver.id() + ": " + answer;
        return new ProbeAttempt(
                address,
                text,
                null,
                diagnosis.certificate(),
                answer == null && failure != null ? failure.reason() : null);
    }

    private static String text(PollFailure failure) {
        return String.valueOf(new PrinterException(failure.reason(), failure.detail()).getMessage());
    }

    private static ProbeReport report(List<ProbeAttempt> attempts, @Nullable ProbeAttempt best, Diagnosis diagnosis) {
        Driver driver = best == null ? null : best.match();
        return new ProbeReport(
                driver == null ? null : driver.id(),
                best == null ? null : best.address(),
                best == null ? null : best.answer(),
                diagnosis.poll() instanceof Reading reading ? reading : null,
                diagnosis.poll() instanceof PollFailure failure && hasDriver(diagnosis) ? failure : null,
                best == null ? firstCertificate(attempts) : best.certificate(),
                attempts,
                diagnosis.stages());
    }

    /** Without a driver nothing was polled. */
    private static boolean hasDriver(Diagnosis diagnosis) {
        return !diagnosis.printer().driver().equals(RegistrationRequest.AUTO);
    }

    private static @Nullable String firstCertificate(List<ProbeAttempt> attempts) {
        return attempts.stream()
                .flatMap(attempt -> Stream.ofNullable(attempt.certificate()))
                .findFirst()
                .orElse(null);
    }
}
