package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterAddress;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.detection.DriverDetector;
import io.github.printer2mqtt.registration.detection.ProbeAttempt;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns the driver and address of a form into ones that can be registered. A named driver needs no printer that answers;
 * {@code auto} does. Belongs to the loop of the registrations.
 */
final class TargetResolver {
    private final List<Driver> drivers;
    private final DriverDetector detection;
    private final AddressPolicy policy;
    private final BoundedTaskQueue trials;

    /** @param trials in which addresses are tried */
    TargetResolver(List<Driver> drivers, DriverDetector detection, AddressPolicy policy, BoundedTaskQueue trials) {
        this.drivers = List.copyOf(drivers);
        this.detection = detection;
        this.policy = policy;
        this.trials = trials;
    }

    /** Fails with a {@link RegistrationException} if the driver is unknown, the address refused or nobody recognised. */
    Future<ProbeTarget> locate(RegistrationRequest form) {
        return isAuto(form) ? detect(form) : Future.succeededFuture(named(form));
    }

    /** The same for a changed registration: what did not change is not judged again. */
    Future<ProbeTarget> relocate(RegistrationRequest form, Printer before) {
        if (isAuto(form)) {
            return detect(form);
        }
        boolean sameDriver = form.driver().equals(before.driver());
        PrinterAddress address = form.address().withDefaultPort(before.address().port());
        boolean sameAddress = form.address().port() != null && address.equals(before.address());
        if (sameDriver && sameAddress) {
            return Future.succeededFuture(new ProbeTarget(before.driver(), before.address()));
        }
        Driver driver = driver(form);
        return Future.succeededFuture(sameAddress ? new ProbeTarget(driver.id(), before.address()) : named(form));
    }

    /**
     * The driver that a form names.
     *
     * @throws RegistrationException if there is none with that id
     */
    Driver driver(RegistrationRequest form) {
        for (Driver driver : drivers) {
            if (driver.id().equals(form.driver())) {
                return driver;
            }
        }
        List<String> ids = new ArrayList<>(List.of(RegistrationRequest.AUTO));
        drivers.forEach(driver -> ids.add(driver.id()));
        throw new RegistrationException(
                Code.INVALID_FIELD,
                "driver",
                "found " + QuotedText.of(form.driver()) + ", expected one of " + String.join(", ", ids));
    }

    /**
     * The address of a form that names its driver.
     *
     * @throws RegistrationException if it may not be asked
     */
    PrinterAddress address(RegistrationRequest form, Driver driver) {
        PrinterAddress address = form.address().withDefaultPort(driver.defaultPort());
        String refusal = policy.refusal(address);
        if (refusal != null) {
            throw new RegistrationException(Code.ADDRESS_REFUSED, "address", refusal);
        }
        return address;
    }

    static boolean isAuto(RegistrationRequest form) {
        return form.driver().equals(RegistrationRequest.AUTO);
    }

    private ProbeTarget named(RegistrationRequest form) {
        Driver driver = driver(form);
        return new ProbeTarget(driver.id(), address(form, driver));
    }

    private Future<ProbeTarget> detect(RegistrationRequest form) {
        return trials.run(() -> detection.detect(form.address(), form.fingerprint()))
                .recover(TargetResolver::addressRefused)
                .map(attempts -> ProbeAttempt.best(attempts)
                        .flatMap(attempt -> Optional.ofNullable(attempt.match())
                                .map(driver -> new ProbeTarget(driver.id(), attempt.address())))
                        .orElseThrow(() -> notDetected(attempts)));
    }

    /** Turns the refusal of all addresses into the answer to a registration; any other failure stays. */
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
                "no supported printer answers there; check the address or name the driver; tried: "
                        + attempts.stream()
                                .map(attempt -> attempt.address() + " " + attempt.answer())
                                .collect(Collectors.joining(" | ")));
    }

    /**
     * Which driver speaks to a printer, and where.
     *
     * @param driver its id
     * @param address where the printer answers
     */
    record ProbeTarget(String driver, PrinterAddress address) {}
}
