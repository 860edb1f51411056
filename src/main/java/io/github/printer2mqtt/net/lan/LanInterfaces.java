package io.github.printer2mqtt.net.lan;

import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The networks that the machine of the bridge is in. */
public final class LanInterfaces {
    /** Bridges of containers and virtual machines, in which no printer is. */
    private static final List<String> VIRTUAL = List.of("docker", "br-", "veth", "virbr", "lxc", "cni", "podman");

    private static final int MOST = 8;

    private LanInterfaces() {}

    /** At most {@value #MOST}, without loopback and tunnels. Blocks. */
    public static List<LanInterface> ofSystem() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .filter(LanInterfaces::isUsable)
                    .flatMap(LanInterfaces::of)
                    .limit(MOST)
                    .toList();
        } catch (SocketException e) {
            return List.of(); // the system has no interface at all
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

    private static Stream<LanInterface> of(NetworkInterface network) {
        return network.getInterfaceAddresses().stream()
                .filter(own -> own.getAddress() instanceof Inet4Address && own.getBroadcast() != null)
                .filter(own -> own.getNetworkPrefixLength() <= 30)
                .map(own -> of(network.getName(), own));
    }

    private static LanInterface of(String name, InterfaceAddress own) {
        return new LanInterface(
                name, (Inet4Address) own.getAddress(), own.getNetworkPrefixLength(), own.getBroadcast());
    }
}
