package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.testing.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig.Security.Follow;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.registration.discovery.DiscoveryReport;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A printer that is registered at 10.0.0.2 with its serial number and is found at 10.0.0.3. */
@Timeout(60)
class FollowingTest {
    private static final PrinterId SHELF = new PrinterId("shelf");
    private static final String SERIAL = "01P00A000000001";
    private static final String NEW = "http://10.0.0.3:80";

    @RegisterExtension
    private final RegistrationFixture fixture = RegistrationFixture.following(Follow.SEARCH);

    private void register(String address) {
        fixture.add(new JsonObject()
                .put("id", "shelf")
                .put("name", "Shelf")
                .put("driver", "prusalink")
                .put("address", address)
                .put("credentials", new JsonObject().put("username", SERIAL).put("password", "open sesame")));
        fixture.lost.add(SHELF);
    }

    private void appear(String serial) {
        fixture.network.drivers.put(NEW, List.of("prusalink"));
        fixture.network.serialNumbers.put(NEW, serial);
    }

    private static DiscoveryReport search(RegistrationFixture fixture) {
        return done(fixture.registrations.discover(new JsonObject().put("network", "10.0.0.0/29")));
    }

    private String address() {
        return Objects.requireNonNull(fixture.repository.find(SHELF))
                .printer()
                .address()
                .toString();
    }

    private void expectUnchanged() {
        DiscoveryReport report = search(fixture);
        assertThat(report.followed()).isEmpty();
        assertThat(fixture.followed).isEmpty();
        assertThat(address()).startsWith("http://").doesNotContain("10.0.0.3");
        assertThat(fixture.network.open.get()).isZero();
    }

    @Test
    void printerThatProvesItsSerialNumberElsewhereIsFollowedWithItsCredentials() {
        register("10.0.0.2");
        appear(SERIAL);

        DiscoveryReport report = search(fixture);

        assertThat(report.followed()).containsExactly(SHELF);
        assertThat(address()).isEqualTo(NEW);
        assertThat(fixture.stored().get(0).printer().address()).hasToString(NEW);
        assertThat(fixture.repository.credentials(SHELF)).isEqualTo(Credentials.ofLogin(SERIAL, "open sesame"));
        assertThat(fixture.followed).containsExactly("printers/shelf followed to " + NEW);
        assertThat(fixture.network.open.get()).isZero();
    }

    @Test
    void nothingIsFollowedUnlessItIsAllowed() {
        try (RegistrationFixture usual = RegistrationFixture.create()) {
            usual.add(new JsonObject()
                    .put("id", "shelf")
                    .put("name", "Shelf")
                    .put("driver", "prusalink")
                    .put("address", "10.0.0.2")
                    .put("credentials", new JsonObject().put("username", SERIAL).put("password", "open sesame")));
            usual.lost.add(SHELF);
            usual.network.drivers.put(NEW, List.of("prusalink"));
            usual.network.serialNumbers.put(NEW, SERIAL);

            DiscoveryReport report = search(usual);

            assertThat(report.printers())
                    .singleElement()
                    .satisfies(found -> assertThat(found.registered()).isEqualTo(SHELF));
            assertThat(report.followed()).isEmpty();
            assertThat(usual.registrations.all().get(0).printer().address()).hasToString("http://10.0.0.2:80");
        }
    }

    @Test
    void bridgeListensByItselfOnlyWhereThatIsAllowedAndForALostPrinter() {
        register("10.0.0.2");
        assertThat(fixture.registrations.isSearchForOfflinePrintersDue()).isFalse();

        try (RegistrationFixture listening = RegistrationFixture.following(Follow.OFFLINE)) {
            listening.add(new JsonObject()
                    .put("id", "shelf")
                    .put("name", "Shelf")
                    .put("driver", "prusalink")
                    .put("address", "10.0.0.2"));
            assertThat(listening.registrations.isSearchForOfflinePrintersDue()).isFalse();
            listening.lost.add(SHELF);
            assertThat(listening.registrations.isSearchForOfflinePrintersDue()).isTrue();
        }
    }

    @Test
    void printerThatAnswersAtItsAddressStaysThere() {
        register("10.0.0.2");
        fixture.lost.clear();
        appear(SERIAL);

        expectUnchanged();
    }

    @Test
    void anotherSerialNumberIsAnotherPrinter() {
        register("10.0.0.2");
        appear("01P00A000000002");

        expectUnchanged();
    }

    @Test
    void driverThatCannotProveTheSerialNumberFirstGetsNoCredentialsThere() {
        register("10.0.0.2");
        appear(SERIAL);
        fixture.network.provesSerialNumbers = false;
        int before = fixture.network.opened.size();

        expectUnchanged();

        assertThat(fixture.network.opened.stream().skip(before).filter(NEW::equals))
                .as("the probe of the search only")
                .hasSize(1);
    }

    @Test
    void printerThatRefusesTheCredentialsThereIsNotFollowed() {
        register("10.0.0.2");
        appear(SERIAL);
        done(fixture.registrations.change(
                SHELF, new JsonObject("{\"credentials\":{\"username\":\"" + SERIAL + "\",\"password\":\"other\"}}")));

        expectUnchanged();
    }

    @Test
    void hostNameIsLeftToItsNameServer() {
        register("shelf.local");
        appear(SERIAL);

        expectUnchanged();
    }

    @Test
    void addressOfAnotherRegistrationIsNotTaken() {
        register("10.0.0.2");
        appear(SERIAL);
        fixture.add(RegistrationFixture.mk4().put("address", NEW));

        expectUnchanged();
    }
}
