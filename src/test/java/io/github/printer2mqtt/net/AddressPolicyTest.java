package io.github.printer2mqtt.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.net.AddressPolicy.Loopback;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    private static final int OWN_PORT = 8080;

    private final AddressPolicy strict = new AddressPolicy(Loopback.REFUSED, () -> Set.of(OWN_PORT));
    private final AddressPolicy forDemos = new AddressPolicy(Loopback.ALLOWED, () -> Set.of(OWN_PORT));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.1.20",
                "10.0.0.5",
                "172.16.3.4",
                "169.254.10.20",
                "fd12:3456::7",
                "fe80::1",
                "192.0.2.1",
                "64:ff9b:1::192.168.1.20",
                "64:ff9b:1:c0a8:1:1400::",
                "2001:db8::20",
                "fd20:ce::255"
            })
    void allowsAddressesOfLocalNetworks(String address) throws UnknownHostException {
        assertThat(strict.refusal(InetAddress.getByName(address), 80)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "169.254.170.23",
                "169.254.42.42",
                "192.0.0.192",
                "fd20:ce::254",
                "::ffff:169.254.42.42",
                "64:ff9b:1::169.254.169.254",
                "64:ff9b:1:a9fe:a9:fe00::",
                "64:ff9b:1:a9:fe:a9fe::",
                "64:ff9b:1:0:a9:fea9:fe00:0",
                "64:ff9b:1::",
                "2001:0:4136:e378:8000:63bf:5601:5601",
                "2001::1",
                "100.100.100.200",
                "168.63.129.16",
                "fd00:ec2::254",
                "::ffff:169.254.169.254",
                "::169.254.169.254",
                "64:ff9b::169.254.169.254",
                "2002:a9fe:a9fe::1",
                "0.0.0.0",
                "0.1.2.3",
                "::",
                "64:ff9b::",
                "224.0.0.1",
                "239.255.255.250",
                "ff02::1",
                "255.255.255.255"
            })
    void refusesAddressesThatAreNeverPrinters(String address) throws UnknownHostException {
        assertThat(forDemos.refusal(InetAddress.getByName(address), 80)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::127.0.0.1"})
    void refusesLoopbackUnlessAllowedAndOwnPortsAlways(String address) throws UnknownHostException {
        InetAddress loopback = InetAddress.getByName(address);

        assertThat(strict.refusal(loopback, 80)).contains("security.allow_loopback_printers");
        assertThat(forDemos.refusal(loopback, 80)).isNull();
        assertThat(forDemos.refusal(loopback, OWN_PORT)).contains("bridge itself");
    }

    @Test
    void cachesTheLocalAddressesForHalfAMinute() throws UnknownHostException {
        AtomicInteger listed = new AtomicInteger();
        AtomicLong nanos = new AtomicLong();
        InetAddress own = InetAddress.getByName("192.168.1.2");
        LocalAddresses addresses = new LocalAddresses(
                () -> {
                    listed.incrementAndGet();
                    return Set.of(own);
                },
                nanos::get);
        AddressPolicy policy = new AddressPolicy(Loopback.REFUSED, () -> Set.of(OWN_PORT), addresses);
        for (int i = 0; i < 1_000; i++) {
            assertThat(policy.refusal(own, OWN_PORT)).contains("bridge itself");
            assertThat(policy.refusal(InetAddress.getByName("192.168.1.3"), OWN_PORT))
                    .isNull();
        }
        assertThat(listed).hasValue(1);

        nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        policy.refusal(own, OWN_PORT);
        assertThat(listed).hasValue(2);
    }

    @Test
    void refusesOwnPortsEverywhereIfLocalAddressesAreUnknown() throws UnknownHostException {
        LocalAddresses unknown = new LocalAddresses(
                () -> {
                    throw new SocketException("made up");
                },
                () -> 0);
        AddressPolicy policy = new AddressPolicy(Loopback.REFUSED, () -> Set.of(OWN_PORT), unknown);

        assertThat(policy.refusal(InetAddress.getByName("192.168.1.3"), OWN_PORT))
                .contains("bridge itself");
        assertThat(policy.refusal(InetAddress.getByName("192.168.1.3"), 80)).isNull();
    }
}
