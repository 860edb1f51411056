package io.github.printer2mqtt.registration.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.moonraker.MoonrakerDriver;
import io.github.printer2mqtt.driver.octoprint.OctoPrintDriver;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.registration.detection.DriverDetector;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.detection.ProbeAttempt;
import io.github.printer2mqtt.registration.discovery.NetworkScan.Limits;
import io.github.printer2mqtt.registration.discovery.NetworkScan.Result;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Simulated printers on 127.0.0.1, found by a scan of a part of 127.0.0.0/8. */
@Timeout(60)
class NetworkScanTest {
    private static final List<Subnet> SUBNETS = List.of(Subnet.parse("127.0.0.0/28"));

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong ahead = new AtomicLong();
    private final List<Driver> drivers = new ArrayList<>();
    private final PrinterServer voron =
            printers.start(new MoonrakerSimulator(SimulatedPrinters.machine("Voron"), SimulatedPrinters.KEY));
    private final PrinterServer ender =
            printers.start(new OctoPrintSimulator(SimulatedPrinters.machine("Ender"), SimulatedPrinters.KEY));

    @AfterEach
    void close() {
        Await.done(vertx.close());
    }

    private Future<Result> scan(Loopback loopback, Limits limits) {
        AddressPolicy policy = new AddressPolicy(loopback, Set::of);
        PrinterConnector connector = PrinterConnector.over(PrinterNetwork.create(vertx, policy));
        NetworkScan scan = new NetworkScan(
                vertx,
                drivers,
                connector,
                new DriverDetector(drivers, connector, policy),
                policy,
                limits,
                () -> System.nanoTime() + ahead.get());
        return new ContextExecutor(vertx.getOrCreateContext()).call(() -> scan.run(SUBNETS));
    }

    private static Limits limits(Duration total) {
        return new Limits(4, Duration.ofMillis(500), Duration.ofMillis(10), 2, total);
    }

    private void listenAt(int moonraker, int octoPrint) {
        drivers.add(new MovedDriver(new MoonrakerDriver(), moonraker));
        drivers.add(new MovedDriver(new OctoPrintDriver(), octoPrint));
    }

    @Test
    void everyPrinterIsFoundWithItsDriverAndNoneIsChanged() {
        listenAt(voron.port(), ender.port());

        Result result = Await.done(scan(Loopback.ALLOWED, limits(Duration.ofSeconds(30))));

        assertThat(result.printers())
                .extracting(found -> driver(found) + " " + found.address())
                .containsExactlyInAnyOrder("moonraker " + voron.url(), "octoprint " + ender.url());
        assertThat(result.addresses()).isEqualTo(14);
        assertThat(result.isComplete()).isTrue();
        Await.until("all connections are closed", () -> voron.openConnections() + ender.openConnections() == 0);
    }

    @Test
    void silentMachineDelaysNoOther() {
        listenAt(voron.port(), ender.port());
        Await.done(ender.behave(Behaviour.silent()));

        Result result = Await.done(scan(Loopback.ALLOWED, limits(Duration.ofSeconds(30))));

        assertThat(result.printers())
                .extracting(found -> driver(found) + " " + found.address())
                .containsExactly("moonraker " + voron.url());
    }

    @Test
    void serverAtTwoPortsOfAMachineIsListedAtTheUsualOne() {
        drivers.add(new MovedDriver(new MoonrakerDriver(), voron.port(), second().port()));

        Result result = Await.done(scan(Loopback.ALLOWED, limits(Duration.ofSeconds(30))));

        assertThat(result.printers())
                .extracting(found -> found.address().port())
                .containsExactly(voron.port());
    }

    private PrinterServer second() {
        return printers.start(new MoonrakerSimulator(SimulatedPrinters.machine("Again"), SimulatedPrinters.KEY));
    }

    @Test
    void timeThatIsOverIsSaid() {
        listenAt(voron.port(), ender.port());

        Result result = Await.done(scan(Loopback.ALLOWED, limits(Duration.ZERO)));

        assertThat(result.isComplete()).isFalse();
        assertThat(result.printers()).isEmpty();
        assertThat(voron.connections()).isZero();
    }

    @Test
    void loopbackIsScannedOnlyWhereItIsAllowed() {
        listenAt(voron.port(), ender.port());

        assertThat(Await.failure(scan(Loopback.REFUSED, limits(Duration.ofSeconds(30)))))
                .isInstanceOf(NetworkScan.NetworkRefusedException.class)
                .hasMessageContaining("security.allow_loopback_printers");
        assertThat(voron.connections()).isZero();
    }

    private static String driver(ProbeAttempt found) {
        return found.match() == null ? "none" : found.match().id();
    }
}
