package io.github.printer2mqtt.registration.diagnosis;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Diagnoses printers over connections of its own, one request after the other. Called on one event loop, where the futures
 * complete.
 */
public final class Diagnoser {
    /** For a whole diagnosis; a little less than what users are promised (10 s). */
    static final Duration LIMIT = Duration.ofMillis(9500);

    private final List<Driver> drivers;
    private final PrinterConnector connector;
    private final LongSupplier nanos;
    private final InstantSource clock;

    /** @param nanos monotonic time */
    public Diagnoser(List<Driver> drivers, PrinterConnector connector, LongSupplier nanos, InstantSource clock) {
        this.drivers = drivers.stream()
                .sorted(Comparator.comparingInt(Driver::precedence))
                .toList();
        this.connector = connector;
        this.nanos = nanos;
        this.clock = clock;
    }

    /**
     * What is diagnosed.
     *
     * @param driver of the printer; null if no driver recognises what answers at its address
     */
    public record Target(
            Printer printer,
            Credentials credentials,
            @Nullable Driver driver) {}

    /** Ends within 10 s; fails for internal errors only. */
    public Future<Diagnosis> diagnose(Target target) {
        ContextExecutor loop = new ContextExecutor(Objects.requireNonNull(Vertx.currentContext()));
        return new DiagnosisRun(target, drivers, connector, new StageLog(loop, nanos, LIMIT, clock.instant())).run();
    }

    /** The driver with an id; null if there is none. */
    public @Nullable Driver driver(String id) {
        for (Driver driver : drivers) {
            if (driver.id().equals(id)) {
                return driver;
            }
        }
        return null;
    }
}
