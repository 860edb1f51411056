package io.github.printer2mqtt.registration.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.net.lan.LanInterfaces;
import io.github.printer2mqtt.text.InvalidValueException;
import java.net.Inet4Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {
    @Test
    void hasTheAddressesOfMachines() {
        Subnet small = Subnet.parse("192.168.1.77/29");

        assertThat(small).hasToString("192.168.1.72/29");
        assertThat(small.addresses())
                .extracting(InetAddress::getHostAddress)
                .containsExactly(
                        "192.168.1.73", "192.168.1.74", "192.168.1.75", "192.168.1.76", "192.168.1.77", "192.168.1.78");
        assertThat(Subnet.parse("10.1.0.0/22").addresses()).hasSize(1022);
        assertThat(Subnet.parse("172.31.255.254").addresses()).hasSize(1);
        assertThat(Subnet.parse("10.0.0.0/31").addresses()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "192.168.1.0/21", "10.0.0.0/8", "192.168.1.0/33", "192.168.1.0/", "192.168.1/24",
                        "192.168.1.256/24",
                "192.168.01.0/24", "192.0.2.0/24", "8.8.8.8", "172.32.0.0/24", "224.0.0.0/24", "0.0.0.0/24",
                        "fd00::/120",
                "printer/24", "192.168.1.0/24 x"
            })
    void publicLargeAndOtherTextsAreRefused(String text) {
        assertThatThrownBy(() -> Subnet.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("expected a private IPv4 network of at most 1,022 addresses");
    }

    @Test
    void networkOfAnInterfaceIsReducedToAUsualSize() throws Exception {
        InetAddress own = InetAddress.getByName("10.20.30.40");

        assertThat(Subnet.around((Inet4Address) own, 8)).hasToString("10.20.30.0/24");
        assertThat(Subnet.around((Inet4Address) own, 23)).hasToString("10.20.30.0/23");
    }

    @Test
    void ownNetworksArePrivateAndFew() {
        assertThat(LocalSubnets.of(LanInterfaces.ofSystem()))
                .hasSizeLessThanOrEqualTo(4)
                .allMatch(Subnet::isPrivate);
    }
}
