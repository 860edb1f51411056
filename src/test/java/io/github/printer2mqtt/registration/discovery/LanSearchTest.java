package io.github.printer2mqtt.registration.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.driver.Announcement;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.Driver.Identity;
import io.github.printer2mqtt.driver.LanSource;
import io.github.printer2mqtt.driver.moonraker.MoonrakerDriver;
import io.github.printer2mqtt.driver.octoprint.OctoPrintDriver;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.net.lan.LanExchange;
import io.github.printer2mqtt.net.lan.LanInterface;
import io.github.printer2mqtt.net.lan.LanQuestion;
import io.github.printer2mqtt.registration.detection.DriverDetector;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport.FoundPrinter;
import io.github.printer2mqtt.registration.discovery.NetworkSearch.Scope;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.UdpMachine;
import io.github.printer2mqtt.testing.VertxInstance;
import io.github.printer2mqtt.vertx.ContextExecutor;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Printers on loopback that answer questions in the local network; a driver probes each before it is offered. */
@Timeout(60)
class LanSearchTest {
    private static final String SERIAL = "SN0001";

    /** Of tests: {@code port path name serial}. */
    private static final LanSource SOURCE = new LanSource(
            "test",
            List.of(new LanQuestion.Ask(
                    List.of(LanQuestion.Destination.broadcast(3000)), from -> Buffer.buffer("who is a printer?"))),
            datagram -> {
                String[] parts = datagram.content().toString().split(" ", -1);
                return List.of(new Announcement(
                        Integer.valueOf(parts[0]),
                        parts[1],
                        parts[2],
                        "Bench 5",
                        parts[3].isEmpty() ? null : parts[3]));
            });

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    @RegisterExtension
    private final VertxInstance vertx = new VertxInstance();

    private final List<Driver> drivers = new ArrayList<>();
    private final UdpMachine machine = new UdpMachine("127.0.0.1");
    private final PrinterServer voron =
            printers.start(new MoonrakerSimulator(SimulatedPrinters.machine("Voron"), SimulatedPrinters.KEY));
    private AddressPolicy policy = new AddressPolicy(Loopback.ALLOWED, Set::of);
    private int prefixLength = 8;

    @AfterEach
    void close() {
        machine.close();
    }

    private DiscoveryReport search(List<Subnet> scanned) {
        PrinterConnector connector = PrinterConnector.over(PrinterNetwork.create(vertx.vertx(), policy));
        DriverDetector detector = new DriverDetector(drivers, connector, policy);
        LanExchange exchange = new LanExchange(
                vertx.vertx(),
                new LanExchange.Limits(Duration.ofSeconds(1), Duration.ofMillis(50), 100, 50),
                address -> SocketAddress.inetSocketAddress(machine.port(), "127.0.0.1"));
        NetworkSearch search = new NetworkSearch(
                new NetworkScan(
                        vertx.vertx(),
                        drivers,
                        connector,
                        detector,
                        policy,
                        NetworkScan.Limits.usual(),
                        System::nanoTime),
                new LanSearch(drivers, exchange, detector, policy, LanSearch.Limits.usual(), System::nanoTime),
                System::nanoTime);
        Inet4Address loopback = (Inet4Address) InetAddress.getLoopbackAddress();
        Inet4Address own = prefixLength == 8
                ? loopback
                : (Inet4Address) Subnet.parse("10.0.0.1").addresses().get(0);
        Scope scope = new Scope(scanned, List.of(new LanInterface("lo", own, prefixLength, loopback)));
        Future<DiscoveryReport> report =
                ContextExecutor.ofCurrent(vertx.vertx()).call(() -> search.run(scope));
        return Await.done(report);
    }

    private void announce(int port, String path, String serial) {
        machine.answering(Buffer.buffer(port + " " + path + " Voron " + serial));
    }

    @Test
    void printerThatAnnouncesItselfIsProbedAndOffered() {
        drivers.add(new MovedDriver(new MoonrakerDriver(), 7125, SOURCE));
        announce(voron.port(), "", SERIAL);

        DiscoveryReport report = search(List.of());

        assertThat(report.networks()).isEmpty();
        assertThat(report.isComplete()).isTrue();
        assertThat(report.printers()).singleElement().satisfies(found -> {
            assertThat(found.driver()).isEqualTo("moonraker");
            assertThat(found.address()).hasToString(voron.url());
            assertThat(found.evidence()).startsWith("Moonraker");
            assertThat(found.name()).isEqualTo("Voron");
            assertThat(found.identity()).isEqualTo(new Identity("Bench 5", SERIAL));
            assertThat(found.sources()).containsExactly("test");
            assertThat(found.isConfirmed()).isTrue();
        });
        Await.until("all connections are closed", () -> voron.openConnections() == 0);
    }

    @Test
    void printerThatTheScanFindsTooIsOfferedOnceAndProbedOnce() {
        drivers.add(new MovedDriver(new MoonrakerDriver(), voron.port(), SOURCE));
        announce(voron.port(), "", SERIAL);

        DiscoveryReport report = search(List.of(Subnet.parse("127.0.0.1/32")));

        assertThat(report.printers())
                .singleElement()
                .satisfies(found -> assertThat(found.sources()).containsExactly("scan", "test"))
                .extracting(FoundPrinter::identity)
                .isEqualTo(new Identity("Bench 5", SERIAL));
        assertThat(voron.connections()).as("the scan's connect and its probe").isEqualTo(2);
    }

    @Test
    void announcementThatItsDriverDoesNotConfirmIsOfferedOnlyWithASerialNumberAndAsSuch() {
        drivers.add(new MovedDriver(new OctoPrintDriver(), 5000, SOURCE));
        announce(voron.port(), "", SERIAL);
        announce(voron.port(), "/other", "");

        DiscoveryReport report = search(List.of());

        assertThat(report.printers()).singleElement().satisfies(found -> {
            assertThat(found.isConfirmed()).isFalse();
            assertThat(found.driver()).isEqualTo("octoprint");
            assertThat(found.evidence()).contains("no OctoPrint");
        });
    }

    @Test
    void invalidPathIsNotProbed() {
        drivers.add(new MovedDriver(new MoonrakerDriver(), 7125, SOURCE));
        announce(voron.port(), "/../etc?x=", SERIAL);

        assertThat(search(List.of()).printers()).isEmpty();
        assertThat(voron.connections()).isZero();
    }

    @Test
    void addressThatThePolicyRefusesIsNotProbed() {
        drivers.add(new MovedDriver(new MoonrakerDriver(), 7125, SOURCE));
        announce(voron.port(), "", SERIAL);
        policy = new AddressPolicy(Loopback.REFUSED, Set::of);

        assertThat(search(List.of()).printers()).isEmpty();
        assertThat(voron.connections()).isZero();
    }

    @Test
    void machineOutsideTheOwnNetworksIsNotProbed() {
        drivers.add(new MovedDriver(new MoonrakerDriver(), 7125, SOURCE));
        announce(voron.port(), "", SERIAL);
        prefixLength = 24;

        assertThat(search(List.of()).printers()).isEmpty();
        assertThat(voron.connections()).isZero();
    }

    @Test
    void floodOfAnnouncementsIsLimited() {
        drivers.add(new MovedDriver(new MoonrakerDriver(), 7125, SOURCE));
        Buffer[] many = new Buffer[60];
        for (int i = 0; i < many.length; i++) {
            many[i] = Buffer.buffer(voron.port() + " /" + i + " Voron ");
        }
        machine.answering(many);

        DiscoveryReport report = search(List.of());

        assertThat(report.isComplete()).isFalse();
        assertThat(report.printers()).hasSizeLessThanOrEqualTo(1);
    }
}
