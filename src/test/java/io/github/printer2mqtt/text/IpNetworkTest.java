package io.github.printer2mqtt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "192.0.2.129/25, 192.0.2.255, true",
        "192.0.2.129/25, 192.0.2.127, false",
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "0.0.0.0/0, 192.0.2.7, true",
        "0.0.0.0/0, ::1, false",
        "192.0.2.7, ::ffff:192.0.2.7, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false"
    })
    void containsAddressesThatBeginAlike(String network, String address, boolean contains) {
        assertThat(IpNetwork.parse(network).contains(IpLiteral.parse(address))).isEqualTo(contains);
    }

    @Test
    void containsNoUnknownAddress() {
        assertThat(IpNetwork.parse("192.0.2.0/24").contains(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "farm.local",
                "192.0.2",
                "192.0.2.0/",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "::/129",
                "192.0.2.0/8/8"
            })
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> IpNetwork.parse(text)).isInstanceOf(InvalidValueException.class);
    }
}
