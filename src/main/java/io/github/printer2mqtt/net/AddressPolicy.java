package io.github.printer2mqtt.net;

import io.github.printer2mqtt.printer.PrinterAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which machines may be asked. Printers live on private networks, so those are allowed; what no printer has (metadata
 * services of clouds, multicast, the bridge itself) is refused, by name or literal at registration and again for the
 * address actually connected to, since a name may lead elsewhere later. Safe for every thread.
 */
public final class AddressPolicy {
    private static final Set<String> METADATA_ADDRESSES =
            Set.of("169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16");
    private static final Set<String> METADATA_NAMES =
            Set.of("metadata", "metadata.google.internal", "metadata.goog", "instance-data");
    private static final Set<String> EMBEDDING_PREFIXES =
            Set.of("0".repeat(24), "0".repeat(20) + "ffff", "0064ff9b" + "0".repeat(16));
    private static final String LOOPBACK_KEY = "security.allow_loopback_printers";

    private final Loopback loopback;
    private final Supplier<Set<Integer>> ownPorts;

    /** Whether printers on this machine are allowed. */
    public enum Loopback {
        REFUSED,
        ALLOWED
    }

    /**
     * @param loopback from the configuration
     * @param ownPorts on which the bridge itself listens; never a printer, whatever the configuration
     */
    public AddressPolicy(Loopback loopback, Supplier<Set<Integer>> ownPorts) {
        this.loopback = loopback;
        this.ownPorts = ownPorts;
    }

    /** Why an address may not be registered, one line; null if it may. Asks no resolver. */
    public @Nullable String refusal(PrinterAddress address) {
        String host = address.host().toLowerCase(Locale.ROOT);
        if (METADATA_NAMES.contains(host)) {
            return "found the metadata service of a cloud, expected a printer";
        }
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return refusal(InetAddress.getLoopbackAddress(), address.port());
        }
        InetAddress literal = literal(host);
        return literal == null ? null : refusal(literal, address.port());
    }

    /** Why an address may not be connected to, one line; null if it may. */
    public @Nullable String refusal(InetAddress address, int port) {
        Inet4Address within = embedded(address);
        return within == null ? refusalOf(address, port) : refusalOf(within, port);
    }

    private @Nullable String refusalOf(InetAddress address, int port) {
        if (address.isAnyLocalAddress() || startsWithZero(address)) {
            return "found an unspecified address, expected a printer";
        }
        if (address.isMulticastAddress() || isBroadcast(address)) {
            return "found a multicast or broadcast address, expected one printer";
        }
        if (isMetadata(address)) {
            return "found the metadata service of a cloud, expected a printer";
        }
        if (ownPorts.get().contains(port) && isThisMachine(address)) {
            return "found port " + port + " of the bridge itself, expected a printer";
        }
        if (address.isLoopbackAddress() && loopback == Loopback.REFUSED) {
            return "found a loopback address, which " + LOOPBACK_KEY + " does not allow";
        }
        return null;
    }

    /** The address that a literal means; null if the host is a name. */
    static @Nullable InetAddress literal(String host) {
        boolean isLiteral = host.indexOf(':') >= 0 || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        if (!isLiteral) {
            return null;
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return null; // no literal after all: the resolver will say so
        }
    }

    /**
     * The IPv4 address that an IPv6 one leads to: mapped and compatible (RFC 4291), translated (RFC 6052), 6to4 (RFC
     * 3056); null if none. The addresses {@code ::} and {@code ::1} are none of these.
     */
    private static @Nullable Inet4Address embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != 16 || address.isAnyLocalAddress() || address.isLoopbackAddress()) {
            return null;
        }
        String prefix = HexFormat.of().formatHex(bytes, 0, 12);
        if (EMBEDDING_PREFIXES.contains(prefix)) {
            return ipv4(bytes, 12);
        }
        return prefix.startsWith("2002") ? ipv4(bytes, 2) : null;
    }

    private static Inet4Address ipv4(byte[] bytes, int from) {
        try {
            return (Inet4Address) InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean isMetadata(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean isEc2OverIpv6 = bytes.length == 16
                && bytes[0] == (byte) 0xfd
                && bytes[1] == 0
                && bytes[2] == (byte) 0x0e
                && bytes[3] == (byte) 0xc2;
        return isEc2OverIpv6 || METADATA_ADDRESSES.contains(address.getHostAddress());
    }

    private static boolean startsWithZero(InetAddress address) {
        return address instanceof Inet4Address && address.getAddress()[0] == 0;
    }

    private static boolean isBroadcast(InetAddress address) {
        return address.getHostAddress().equals("255.255.255.255");
    }

    private static boolean isThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true; // when the system cannot tell, the careful answer
        }
    }
}
