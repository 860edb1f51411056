package io.github.printer2mqtt.driver.bambu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig.Security.Follow;
import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.PrinterSession;
import io.github.printer2mqtt.model.Capability;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.Printer;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.monitor.MonitoredPrinters;
import io.github.printer2mqtt.net.AddressPolicy;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.http.PrinterHttp;
import io.github.printer2mqtt.net.http.PrinterNetwork;
import io.github.printer2mqtt.persistence.sql.SqlPrinterRepository;
import io.github.printer2mqtt.registration.detection.PrinterConnector;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport;
import io.github.printer2mqtt.registration.service.DefaultRegistrationService;
import io.github.printer2mqtt.registration.service.Following;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.SimulatedBambu;
import io.github.printer2mqtt.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A printer that is registered at 127.0.0.9, where nothing listens, and found at 127.0.0.1. */
@Timeout(60)
class FollowedBambuTest {
    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private final SimulatedBambu printer = SimulatedBambu.start(database.vertx());
    private final AddressPolicy policy = new AddressPolicy(Loopback.ALLOWED, Set::of);
    private final PrinterNetwork network = PrinterNetwork.create(database.vertx(), policy);

    @AfterEach
    void close() {
        printer.close();
        network.close();
    }

    private DefaultRegistrationService registrations(List<X509Certificate> authorities) {
        SqlPrinterRepository repository =
                new SqlPrinterRepository(database.vertx(), database.database(), TestDatabase.cipher());
        Await.done(repository.load());
        BambuDriver driver = new BambuDriver(System::nanoTime, authorities, Duration.ofSeconds(1), printer.port());
        DefaultRegistrationService registrations = new DefaultRegistrationService(
                database.vertx(),
                repository,
                new NoMonitoring(),
                List.of(new MovedBambu(driver, printer.port())),
                PrinterConnector.over(network),
                policy,
                InstantSource.system(),
                new Following(Follow.SEARCH, lost -> true, change -> {}));
        Await.done(registrations.add(new JsonObject()
                .put("name", "Shelf")
                .put("driver", "bambu")
                .put("address", "127.0.0.9:" + printer.port())
                .put(
                        "credentials",
                        new JsonObject().put("username", SimulatedBambu.SERIAL).put("password", SimulatedBambu.CODE))));
        return registrations;
    }

    private DiscoveryReport search(DefaultRegistrationService registrations) {
        return Await.done(registrations.discover(new JsonObject().put("network", "127.0.0.1/32")));
    }

    private static String address(DefaultRegistrationService registrations) {
        return registrations.all().get(0).printer().address().host();
    }

    @Test
    void printerThatProvesItsSerialNumberIsFollowed() {
        DefaultRegistrationService registrations =
                registrations(List.of(SimulatedBambu.AUTHORITY.certificate().certificate()));

        // On a busy machine a connect of a search may take too long; the next search follows the printer then.
        Await.until(
                "a search follows it", () -> search(registrations).followed().equals(List.of(new PrinterId("shelf"))));

        assertThat(address(registrations)).isEqualTo("127.0.0.1");
        assertThat(printer.logins()).isPositive();
        Await.until("the connection is closed", () -> printer.connections() == 0);
    }

    @Test
    void impostorWithTheSameNamesInItsCertificateGetsNoAccessCode() {
        DefaultRegistrationService registrations = registrations(BambuAuthorities.all());

        DiscoveryReport report = search(registrations);

        assertThat(report.printers()).singleElement().satisfies(found -> {
            assertThat(found.identity().serialNumber()).isEqualTo(SimulatedBambu.SERIAL);
            assertThat(found.registered()).isEqualTo(new PrinterId("shelf"));
        });
        assertThat(report.followed()).isEmpty();
        assertThat(address(registrations)).isEqualTo("127.0.0.9");
        assertThat(printer.logins()).isZero();
    }

    /** The driver with the port of the simulated printer as its default. */
    private record MovedBambu(BambuDriver driver, int defaultPort) implements Driver {
        @Override
        public String id() {
            return driver.id();
        }

        @Override
        public boolean provesSerialNumber() {
            return driver.provesSerialNumber();
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
        public PrinterSession open(Printer registered, Credentials credentials, PrinterHttp http, Duration timeout) {
            return driver.open(registered, credentials, http, timeout);
        }
    }

    private static final class NoMonitoring implements MonitoredPrinters {
        @Override
        public Future<Void> monitor(Printer registered, Credentials credentials) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> unregister(PrinterId id) {
            return Future.succeededFuture();
        }
    }
}
