package io.github.printer2mqtt;

import io.github.printer2mqtt.driver.Driver;
import java.util.List;
import java.util.Objects;

/** The drivers of the bridge for tests in other packages, so that each new one is covered by them. */
public final class RegisteredDrivers {
    private RegisteredDrivers() {}

    public static List<Driver> all() {
        return Drivers.all();
    }

    /** In alphabetical order. */
    public static List<String> ids() {
        return Drivers.ids();
    }

    public static Driver of(String id) {
        return Objects.requireNonNull(Drivers.byId().get(id), id);
    }
}
