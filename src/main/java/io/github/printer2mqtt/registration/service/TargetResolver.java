package io.github.printer2mqtt.registration.service;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.registration.RegistrationException;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.RegistrationRequest;
import io.github.printer2mqtt.registration.detection.DriverDetector;
import io.github.printer2mqtt.registration.detection.ProbeAttempt;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides which driver and address a request stands for. A named driver needs no printer that answers, {@code auto} does.
 * Runs on the event loop of the registration service.
 */
final class TargetResolver {
    private final List<Driver> drivers;
    private final DriverDetector detector;
    private final AddressPolicy policy;
    private final BoundedTaskQueue probeQueue;

    /** @param probeQueue limits how many addresses are tried at once */
    TargetResolver(List<Driver> drivers, DriverDetector detector, AddressPolicy policy, BoundedTaskQueue probeQueue) {
        this.drivers = List.copyOf(drivers);
        this.detector = detector;
        this.policy = policy;
        this.probeQueue = probeQueue;
    }

    /** Fails with a {@link RegistrationException} if the driver is unknown, the address refused or no printer recognised. */
    Future<ProbeTarget> resolve(RegistrationRequest request) {
        return isAutomatic(request) ? detect(request) : Future.succeededFuture(resolveNamed(request));
    }

    /** The same for a changed registration. An unchanged driver or address is not checked again. */
    Future<ProbeTarget> resolveChange(RegistrationRequest request, Printer before) {
        if (isAutomatic(request)) {
            return detect(request);
        }
        boolean sameDriver = request.driver().equals(before.driver());
        PrinterAddress address =
                request.address().withDefaultPort(before.address().port());
        boolean sameAddress = request.address().port() != null && address.equals(before.address());
        if (sameDriver && sameAddress) {
            return Future.succeededFuture(new ProbeTarget(before.driver(), before.address()));
        }
        Driver driver = driver(request);
        return Future.succeededFuture(
                sameAddress ? new ProbeTarget(driver.id(), before.address()) : resolveNamed(request));
    }

    /**
     * The driver with the id in the request.
     *
     * @throws RegistrationException if there is none
     */
    Driver driver(RegistrationRequest request) {
        for (Driver driver : drivers) {
            if (driver.id().equals(request.driver())) {
                return driver;
            }
        }
        List<String> ids = new ArrayList<>(List.of(RegistrationRequest.AUTO));
        drivers.forEach(driver -> ids.add(driver.id()));
        throw new RegistrationException(
                Code.INVALID_FIELD,
                "driver",
                "found " + QuotedText.of(request.driver()) + ", expected one of " + String.join(", ", ids));
    }

    /**
     * The address of a request that names its driver.
     *
     * @throws RegistrationException if the bridge must not connect to it
     */
    PrinterAddress address(RegistrationRequest request, Driver driver) {
        PrinterAddress address = request.address().withDefaultPort(driver.defaultPort());
        String refusal = policy.refusal(address);
        if (refusal != null) {
            throw new RegistrationException(Code.ADDRESS_REFUSED, "address", refusal);
        }
        return address;
    }

    static boolean isAutomatic(RegistrationRequest request) {
        return request.driver().equals(RegistrationRequest.AUTO);
    }

    private ProbeTarget resolveNamed(RegistrationRequest request) {
        Driver driver = driver(request);
        return new ProbeTarget(driver.id(), address(request, driver));
    }

    private Future<ProbeTarget> detect(RegistrationRequest request) {
        return probeQueue
                .run(() -> detector.detect(request.address(), request.fingerprint()))
                .recover(TargetResolver::addressRefused)
                .map(attempts -> ProbeAttempt.best(attempts)
                        .flatMap(attempt -> Optional.ofNullable(attempt.match())
                                .map(driver -> new ProbeTarget(driver.id(), attempt.address())))
                        .orElseThrow(() -> notDetected(attempts)));
    }

    /** Converts {@link DriverDetector.AddressRefusedException}; any other failure is passed on. */
    static <T> Future<T> addressRefused(Throwable failure) {
        return Future.failedFuture(
                failure instanceof DriverDetector.AddressRefusedException refused
                        ? new RegistrationException(Code.ADDRESS_REFUSED, "address", refused.reason())
                        : failure);
    }

    private static RegistrationException notDetected(List<ProbeAttempt> attempts) {
        return new RegistrationException(
                Code.DRIVER_NOT_DETECTED,
                "address",
                "no supported printer answers at this address; check the address, or set driver to the printer's protocol; tried: "
                        + attempts.stream()
                                .map(attempt -> attempt.address() + " " + attempt.answer())
                                .collect(Collectors.joining(" | ")));
    }

    /**
     * A printer to register or probe.
     *
     * @param driver id of the driver
     * @param address with scheme and port
     */
    record ProbeTarget(String driver, PrinterAddress address) {}
}
