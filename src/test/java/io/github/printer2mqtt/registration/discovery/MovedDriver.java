package io.github.printer2mqtt.registration.discovery;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.LanSource;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A driver whose printers listen at the ports of this test. */
record MovedDriver(Driver driver, int defaultPort, Set<Integer> candidatePorts, List<LanSource> lanSources)
        implements Driver {
    MovedDriver(Driver driver, int port) {
        this(driver, port, Set.of(port), List.of());
    }

    MovedDriver(Driver driver, int port, int other) {
        this(driver, port, Set.of(port, other), List.of());
    }

    MovedDriver(Driver driver, int port, LanSource source) {
        this(driver, port, Set.of(port), List.of(source));
    }

    @Override
    public String id() {
        return driver.id();
    }

    @Override
    public int precedence() {
        return driver.precedence();
    }

    @Override
    public Set<Capability> capabilities() {
        return driver.capabilities();
    }

    @Override
    public Future<ProbeResult> probe(PrinterHttp http, Duration limit) {
        return driver.probe(http, limit);
    }

    @Override
    public PrinterSession open(Printer printer, Credentials credentials, PrinterHttp http, Duration timeout) {
        return driver.open(printer, credentials, http, timeout);
    }
}
