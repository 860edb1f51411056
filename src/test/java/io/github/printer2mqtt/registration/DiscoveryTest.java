package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport.FoundPrinter;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a discovery finds, and which of it is registered. */
@Timeout(60)
class DiscoveryTest {
    private static final JsonObject NETWORK = new JsonObject().put("network", "10.0.0.0/29");

    /** Six addresses with the five ports of the drivers. */
    private static final int CONNECTS = 30;

    @RegisterExtension
    private final RegistrationFixture fixture = RegistrationFixture.create();

    private DiscoveryReport discover() {
        return done(fixture.registrations.discover(NETWORK));
    }

    @Test
    void foundPrintersAreListedAndNotRegistered() {
        fixture.network.drivers.put("http://10.0.0.2:7125", List.of("moonraker"));
        fixture.network.drivers.put("http://10.0.0.3:80", List.of("prusalink"));

        DiscoveryReport report = discover();

        assertThat(report.networks()).containsExactly("10.0.0.0/29");
        assertThat(report.addresses()).isEqualTo(6);
        assertThat(report.isComplete()).isTrue();
        assertThat(report.printers())
                .extracting(found -> found.driver() + " " + found.address())
                .containsExactly("moonraker http://10.0.0.2:7125", "prusalink http://10.0.0.3:80");
        assertThat(report.printers()).extracting(FoundPrinter::registered).containsOnlyNulls();
        assertThat(fixture.registrations.all()).isEmpty();
        assertThat(fixture.network.open.get()).isZero();
    }

    @Test
    void registeredPrinterIsNamedAlsoAtAnotherPort() {
        fixture.network.drivers.put("http://10.0.0.2:7125", List.of("moonraker"));
        fixture.network.drivers.put("http://10.0.0.3:80", List.of("prusalink"));
        fixture.add(RegistrationFixture.mk4().put("address", "10.0.0.3:8080").put("id", "left"));

        assertThat(discover().printers())
                .extracting(FoundPrinter::registered)
                .containsExactly(null, new PrinterId("left"));
    }

    @Test
    void secondRequestForTheNetworkSharesTheScanAndAnotherNetworkWaits() {
        Promise<Void> gate = Promise.promise();
        fixture.network.gate = gate;
        Future<DiscoveryReport> first = fixture.registrations.discover(NETWORK);
        Await.until("it waits for all ports of all addresses", () -> fixture.network.connecting.get() == CONNECTS);

        Future<DiscoveryReport> second = fixture.registrations.discover(NETWORK);
        RegistrationFixture.error(
                fixture.registrations.discover(new JsonObject().put("network", "10.0.1.0/29")), Code.BUSY);
        gate.complete();

        assertThat(done(first)).isEqualTo(done(second));
        assertThat(fixture.network.connecting.get()).isEqualTo(CONNECTS);
        fixture.network.gate = null;
        assertThat(discover().isComplete()).isTrue();
    }

    @Test
    void invalidNetworksAreNamed() {
        RegistrationException unknown = RegistrationFixture.error(
                fixture.registrations.discover(new JsonObject().put("networks", "10.0.0.0/24")), Code.INVALID_FIELD);
        assertThat(unknown.getMessage()).contains("network");
        RegistrationException large = RegistrationFixture.error(
                fixture.registrations.discover(new JsonObject().put("network", "10.0.0.0/8")), Code.INVALID_FIELD);
        assertThat(large.field()).isEqualTo("network");
        RegistrationFixture.error(
                fixture.registrations.discover(new JsonObject().put("network", "127.0.0.0/30")), Code.ADDRESS_REFUSED);
    }
}
