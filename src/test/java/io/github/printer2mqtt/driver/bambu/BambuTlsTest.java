package io.github.printer2mqtt.driver.bambu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.driver.Driver;
import io.github.printer2mqtt.driver.Driver.ProbeResult;
import io.github.printer2mqtt.model.Credentials;
import io.github.printer2mqtt.model.FailureReason;
import io.github.printer2mqtt.model.PollFailure;
import io.github.printer2mqtt.model.PrinterState;
import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import io.github.printer2mqtt.net.PrinterException;
import io.github.printer2mqtt.testing.SimulatedBambu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The access code is sent to the printer with the registered serial number and to nobody else. */
@Timeout(60)
class BambuTlsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void certificateOfTheAuthorityWithTheSerialNumberIsTrusted() {
        try (BambuFixture fixture = new BambuFixture()) {
            assertThat(SimulatedBambu.certificate().certificate().getVersion()).isEqualTo(1);
            assertThat(fixture.open().poll().state()).isEqualTo(PrinterState.IDLE);
        }
    }

    @Test
    void certificateOfAnotherSerialNumberIsNot() {
        try (BambuFixture fixture = new BambuFixture()) {
            Credentials other = Credentials.ofLogin("01P00C000000002", SimulatedBambu.CODE);

            PollFailure failure = fixture.open(other, null, LIMIT).failure();

            assertThat(failure.reason()).isEqualTo(FailureReason.TLS);
            assertThat(failure.detail()).contains(SimulatedBambu.certificate().fingerprint());
            assertThat(fixture.printer.logins()).isZero();
        }
    }

    @Test
    void registeredFingerprintIsTrustedWhateverTheNameIs() {
        try (BambuFixture fixture = new BambuFixture()) {
            assertThat(fixture.open(
                                    BambuFixture.LOGIN,
                                    SimulatedBambu.certificate().fingerprint(),
                                    LIMIT)
                            .poll()
                            .state())
                    .isEqualTo(PrinterState.IDLE);
        }
    }

    @Test
    void changedCertificateIsRefusedAndNamed() {
        try (BambuFixture fixture = new BambuFixture()) {
            String before = "sha256:" + "ab".repeat(32);

            PollFailure failure =
                    fixture.open(BambuFixture.LOGIN, before, LIMIT).failure();

            assertThat(failure.reason()).isEqualTo(FailureReason.TLS);
            assertThat(failure.detail()).contains("changed");
            assertThat(fixture.printer.logins()).isZero();
        }
    }

    @Test
    void furtherAuthorityOfTheConfigurationIsTrusted(@TempDir Path folder) throws IOException {
        try (BambuFixture fixture = BambuFixture.trustingOnly(null)) {
            assertThat(fixture.open().failure().reason()).isEqualTo(FailureReason.TLS);
        }
        Path file = folder.resolve("ca.pem");
        Files.writeString(file, SimulatedBambu.AUTHORITY.certificate().pem());
        try (BambuFixture fixture = BambuFixture.trustingOnly(file)) {
            assertThat(fixture.open().poll().state()).isEqualTo(PrinterState.IDLE);
        }
    }

    @Test
    void unreadableFileOfAuthoritiesIsNamed() {
        try (BambuFixture fixture = BambuFixture.trustingOnly(Path.of("no-such-file.pem"))) {
            PollFailure failure = fixture.open().failure();

            assertThat(failure.reason()).isEqualTo(FailureReason.TLS);
            assertThat(failure.detail()).startsWith("security.printer_ca: found \"no-such-file.pem\"");
        }
    }

    @Test
    void loopbackIsRefusedByPolicy() {
        try (BambuFixture fixture = new BambuFixture(Loopback.REFUSED)) {
            assertThat(fixture.open().failure().reason()).isEqualTo(FailureReason.UNREACHABLE);
            assertThat(fixture.printer.connections()).isZero();
        }
    }

    @Test
    void probeReadsTheCertificateAndLogsNobodyIn() {
        try (BambuFixture fixture = new BambuFixture()) {
            assertThat(fixture.probe())
                    .isEqualTo(ProbeResult.match(
                            "Bambu Lab printer with the serial number " + SimulatedBambu.SERIAL,
                            new Driver.Identity(null, SimulatedBambu.SERIAL)));
            assertThat(fixture.printer.logins()).isZero();
        }
    }

    @Test
    void probeFailsWhereNothingListens() {
        try (BambuFixture fixture = new BambuFixture()) {
            fixture.printer.close();

            assertThatThrownBy(fixture::probe)
                    .isInstanceOf(PrinterException.class)
                    .hasMessage("refused");
        }
    }

    @Test
    void builtInAuthoritiesAreThoseOfTheManufacturer() {
        assertThat(BambuAuthorities.all())
                .hasSize(8)
                .allSatisfy(authority -> assertThat(
                                authority.getSubjectX500Principal().getName())
                        .contains("CN=BBL "));
    }
}
