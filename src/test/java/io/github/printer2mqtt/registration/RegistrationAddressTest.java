package io.github.printer2mqtt.registration;

import static io.github.printer2mqtt.registration.RegistrationFixture.error;
import static io.github.printer2mqtt.registration.RegistrationFixture.mk4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.registration.RegistrationException.Code;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationAddressTest {
    private static final String CANARY = "canary-7f3a";

    @RegisterExtension
    private final RegistrationFixture fixture = RegistrationFixture.create();

    static Stream<Arguments> addresses() {
        return Stream.of(
                refused(1, "http://169.254.169.254/latest/meta-data/"),
                refused(2, "http://[fd00:ec2::254]/"),
                refused(3, "http://metadata.google.internal/"),
                refused(4, "http://100.100.100.200/"),
                refused(5, "http://127.0.0.1:8080/"),
                refused(5, "http://localhost:9000"),
                refused(5, "http://[::1]:9000"),
                refused(6, "http://localhost."),
                refused(12, "http://[::]/"),
                refused(13, "http://0.0.0.0/"),
                refused(14, "http://224.0.0.1/"),
                refused(15, "http://255.255.255.255/"),
                invalid(7, "http://2130706433/"),
                invalid(8, "http://0x7f000001/"),
                invalid(9, "http://0177.0.0.1/"),
                invalid(10, "http://127.1/"),
                invalid(11, "http://[::ffff:127.0.0.1]/"),
                invalid(16, "file:///etc/passwd"),
                invalid(17, "gopher://192.0.2.1/"),
                invalid(18, "jar:http://192.0.2.1!/"),
                invalid(19, "ftp://192.0.2.1/"),
                invalid(20, "http://user:" + CANARY + "@192.0.2.1/"),
                invalid(21, "http://host:0"),
                invalid(22, "http://host:65536"),
                invalid(23, "http://host:-1"),
                invalid(24, "http://host/%0d%0aX-Evil:1"),
                invalid(24, "http://host/\r\nX-Evil:1"),
                invalid(24, "host\r\nX-Evil:1"),
                invalid(25, "http:///path"),
                invalid(25, ""),
                invalid(25, " "),
                invalid(26, "http://host/" + "a".repeat(2048)),
                invalid(27, "http://" + "a".repeat(64) + "/"));
    }

    /** @param number of the input in the list of hostile ones */
    private static Arguments refused(int number, String address) {
        return Arguments.of(number, address, Code.ADDRESS_REFUSED);
    }

    private static Arguments invalid(int number, String address) {
        return Arguments.of(number, address, Code.INVALID_FIELD);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("addresses")
    void hostileAddressIsRefusedAndNothingIsSent(int number, String address, Code code) {
        assertThat(number).isBetween(1, 27);
        assertRefused(address, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host/a?b=c", "http://host/#a", "http://host/../admin"})
    void addressWithMoreThanAPathIsInvalid(String address) {
        assertRefused(address, Code.INVALID_FIELD);
    }

    private void assertRefused(String address, Code code) {
        for (String driver : new String[] {"prusalink", "auto"}) {
            JsonObject registration = mk4().put("driver", driver).put("address", address);
            RegistrationException error = error(fixture.registrations.add(registration), code);
            assertThat(error.field()).isEqualTo("address");
            assertThat(error.getMessage())
                    .doesNotContain(CANARY)
                    .doesNotContain("\r")
                    .hasSizeLessThan(400);
            error(fixture.registrations.probe(registration), code);
        }
        assertThat(fixture.network.opened).isEmpty();
        assertThat(fixture.registrations.all()).isEmpty();
    }

    @Test
    void messageNamesTheSettingThatAllowsLoopback() {
        assertThat(error(fixture.registrations.add(mk4().put("address", "127.0.0.1:9000")), Code.ADDRESS_REFUSED))
                .hasMessageContaining("security.allow_loopback_printers");
    }

    /** 5, 6: with loopback allowed. */
    @Test
    void ownPortIsRefusedEvenIfLoopbackIsAllowed() {
        try (RegistrationFixture open = RegistrationFixture.withLoopback()) {
            open.add(mk4().put("address", "127.0.0.1:9000"));
            error(open.registrations.add(mk4().put("address", "127.0.0.1:8080")), Code.ADDRESS_REFUSED);
            error(open.registrations.add(mk4().put("address", "http://localhost.:8080")), Code.ADDRESS_REFUSED);
        }
    }

    /** 28: what is shown is what is connected to, whatever the characters look like. */
    @Test
    void internationalHostNameIsStoredAsAscii() {
        assertThat(fixture.add(mk4().put("address", "http://drückér.example/"))
                        .printer()
                        .address())
                .hasToString("http://xn--drckr-esa4k.example:80");
    }
}
