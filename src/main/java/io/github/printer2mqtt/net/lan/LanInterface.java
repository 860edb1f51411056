package io.github.printer2mqtt.net.lan;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * An IPv4 network that this machine is in.
 *
 * @param name of the interface, for example {@code eth0}
 * @param address of this machine
 * @param prefixLength 0 to 32
 * @param broadcast the address that all machines of the network receive
 */
public record LanInterface(String name, Inet4Address address, int prefixLength, InetAddress broadcast) {
    /** Whether a machine is in this network. */
    public boolean contains(InetAddress other) {
        return other instanceof Inet4Address && masked(other) == masked(address);
    }

    private int masked(InetAddress each) {
        int bits = ByteBuffer.wrap(each.getAddress()).getInt();
        return prefixLength == 0 ? 0 : bits & (-1 << (32 - prefixLength));
    }
}
