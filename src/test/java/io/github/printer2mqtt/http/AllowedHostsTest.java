package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.http.security.AllowedHosts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedHostsTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.8.9.1, true",
        "localhost, true",
        "::1, true",
        "0:0:0:0:0:0:0:1, true",
        "0.0.0.0, false",
        "::, false",
        "192.0.2.1, false",
        "127.0.0.1.example, false",
        "2001:db8::1, false"
    })
    void loopbackAddressesAreRecognised(String host, boolean expected) {
        assertThat(AllowedHosts.isLoopback(host)).isEqualTo(expected);
    }
}
