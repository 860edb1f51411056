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

class RegistrationAddressTest {
    private static final String CANARY = "canary-7f3a";

    @RegisterExtension
    private final RegistrationFixture fixture = RegistrationFixture.create();

    static Stream<Arguments> addresses() {
        return Stream.concat(
                Stream.of(
                                "http://169.254.169.254/latest/meta-data/",
                                "http://[fd00:ec2::254]/",
                                "http://metadata.google.internal/",
                                "http://100.100.100.200/",
                                "http://127.0.0.1:8080/",
                                "http://localhost.",
                                "http://localhost:9000",
                                "http://[::1]:9000",
                                "http://[::]/",
                                "http://0.0.0.0/",
                                "http://224.0.0.1/",
                                "http://255.255.255.255/")
                        .map(address -> Arguments.of(address, Code.ADDRESS_REFUSED)),
                Stream.of(
                                "http://2130706433/",
                                "http://0x7f000001/",
                                "http://0177.0.0.1/",
                                "http://127.1/",
                                "http://[::ffff:127.0.0.1]/",
                                "file:///etc/passwd",
                                "gopher://192.0.2.1/",
                                "jar:http://192.0.2.1!/",
                                "ftp://192.0.2.1/",
                                "http://user:" + CANARY + "@192.0.2.1/",
                                "http://host:0",
                                "http://host:65536",
                                "http://host:-1",
                                "http://host/%0d%0aX-Evil:1",
                                "http://host/\r\nX-Evil:1",
                                "host\r\nX-Evil:1",
                                "http:///path",
                                "http://host/" + "a".repeat(2048),
                                "http://" + "a".repeat(64) + "/",
                                "",
                                " ",
                                "http://host/a?b=c",
                                "http://host/#a",
                                "http://host/../admin")
                        .map(address -> Arguments.of(address, Code.INVALID_FIELD)));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void addressIsRefusedAndNothingIsSent(String address, Code code) {
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

    @Test
    void ownPortIsRefusedEvenIfLoopbackIsAllowed() {
        try (RegistrationFixture open = RegistrationFixture.withLoopback()) {
            open.add(mk4().put("address", "127.0.0.1:9000"));
            error(open.registrations.add(mk4().put("address", "127.0.0.1:8080")), Code.ADDRESS_REFUSED);
            error(open.registrations.add(mk4().put("address", "http://localhost.:8080")), Code.ADDRESS_REFUSED);
        }
    }

    @Test
    void internationalHostNameIsStoredAsAscii() {
        assertThat(fixture.add(mk4().put("address", "http://drückér.example/"))
                        .printer()
                        .address())
                .hasToString("http://xn--drckr-esa4k.example:80");
    }
}
