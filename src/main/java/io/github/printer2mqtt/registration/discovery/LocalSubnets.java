package io.github.printer2mqtt.registration.discovery;

import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The networks that the machine of the bridge is in. */
public final class LocalSubnets {
    /** Bridges of containers and virtual machines, in which no printer is. */
    private static final List<String> VIRTUAL = List.of("docker", "br-", "veth", "virbr", "lxc", "cni", "podman");

    private static final int MOST = 4;

    private LocalSubnets() {}

    /** Private IPv4 networks, at most {@value #MOST}, without loopback. Blocks. */
    public static List<Subnet> ofSystem() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .filter(LocalSubnets::isUsable)
                    .flatMap(LocalSubnets::of)
                    .distinct()
                    .limit(MOST)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static boolean isUsable(NetworkInterface candidate) {
        try {
            return candidate.isUp()
                    && !candidate.isLoopback()
                    && !candidate.isPointToPoint()
                    && VIRTUAL.stream().noneMatch(candidate.getName()::startsWith);
        } catch (SocketException e) {
            return false; // it has just gone
        }
    }

    private static Stream<Subnet> of(NetworkInterface network) {
        return network.getInterfaceAddresses().stream()
                .filter(own -> own.getAddress() instanceof Inet4Address && own.getNetworkPrefixLength() <= 30)
                .map(LocalSubnets::subnet)
                .filter(Subnet::isPrivate);
    }

    private static Subnet subnet(InterfaceAddress own) {
        return Subnet.around((Inet4Address) own.getAddress(), own.getNetworkPrefixLength());
    }
}
