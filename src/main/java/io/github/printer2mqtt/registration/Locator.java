package io.github.printer2mqtt.registration;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.printer.Printer;
import io.github.printer2mqtt.printer.PrinterAddress;
import io.github.printer2mqtt.printer.Quoted;
import io.github.printer2mqtt.registration.RegistrationProblem.Code;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Turns the driver and address of a form into ones that can be registered. A named driver needs no printer that answers;
 * {@code auto} does. Belongs to the loop of the registrations.
 */
final class Locator {
    private final List<Driver> drivers;
    private final Detection detection;
    private final AddressPolicy policy;
    private final Turns trials;

    /** @param trials in which addresses are tried */
    Locator(List<Driver> drivers, Detection detection, AddressPolicy policy, Turns trials) {
        this.drivers = List.copyOf(drivers);
        this.detection = detection;
        this.policy = policy;
        this.trials = trials;
    }

    /** Fails with a {@link RegistrationProblem} if the driver is unknown, the address refused or nobody recognised. */
    Future<Located> locate(RegistrationForm form) {
        return isAuto(form) ? detect(form) : Future.succeededFuture(named(form));
    }

    /** The same for a changed registration: what did not change is not judged again. */
    Future<Located> relocate(RegistrationForm form, Printer before) {
        if (isAuto(form)) {
            return detect(form);
        }
        boolean sameDriver = form.driver().equals(before.driver());
        PrinterAddress address = form.address().withDefaultPort(before.address().port());
        boolean sameAddress = form.address().port() != null && address.equals(before.address());
        if (sameDriver && sameAddress) {
            return Future.succeededFuture(new Located(before.driver(), before.address()));
        }
        Driver driver = driver(form);
        return Future.succeededFuture(sameAddress ? new Located(driver.id(), before.address()) : named(form));
    }

    /**
     * The driver that a form names.
     *
     * @throws RegistrationProblem if there is none with that id
     */
    Driver driver(RegistrationForm form) {
        for (Driver driver : drivers) {
            if (driver.id().equals(form.driver())) {
                return driver;
            }
        }
        List<String> ids = new ArrayList<>(List.of(RegistrationForm.AUTO));
        drivers.forEach(driver -> ids.add(driver.id()));
        throw new RegistrationProblem(
                Code.INVALID_FIELD,
                "driver",
                "found " + Quoted.of(form.driver()) + ", expected one of " + String.join(", ", ids));
    }

    /**
     * The address of a form that names its driver.
     *
     * @throws RegistrationProblem if it may not be asked
     */
    PrinterAddress address(RegistrationForm form, Driver driver) {
        PrinterAddress address = form.address().withDefaultPort(driver.defaultPort());
        String refusal = policy.refusal(address);
        if (refusal != null) {
            throw new RegistrationProblem(Code.ADDRESS_REFUSED, "address", refusal);
        }
        return address;
    }

    static boolean isAuto(RegistrationForm form) {
        return form.driver().equals(RegistrationForm.AUTO);
    }

    private Located named(RegistrationForm form) {
        Driver driver = driver(form);
        return new Located(driver.id(), address(form, driver));
    }

    private Future<Located> detect(RegistrationForm form) {
        return trials.run(() -> detection.knock(form.address(), form.fingerprint()))
                .map(knocks -> Knock.best(knocks)
                        .map(match -> new Located(match.driver().id(), match.address()))
                        .orElseThrow(() -> notDetected(knocks)));
    }

    private static RegistrationProblem notDetected(List<Knock> knocks) {
        return new RegistrationProblem(
                Code.DRIVER_NOT_DETECTED,
                "address",
                "no printer was recognised; name the driver, or see what each address said: "
                        + knocks.stream()
                                .map(knock -> knock.address() + " " + knock.said())
                                .collect(Collectors.joining(" | ")));
    }
}
