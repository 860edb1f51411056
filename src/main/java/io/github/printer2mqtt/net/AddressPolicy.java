package io.github.printer2mqtt.net;

import io.github.printer2mqtt.model.address.PrinterAddress;
import io.github.printer2mqtt.text.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which addresses the bridge may connect to. Private networks are allowed; cloud metadata services, multicast and
 * the bridge itself are refused, at registration and again for each connection, since a name may resolve differently
 * later. Safe for every thread.
 */
public final class AddressPolicy {
    private static final Set<String> METADATA_ADDRESSES = Set.of(
            "169.254.169.254",
            "169.254.170.2",
            "169.254.170.23",
            "169.254.42.42",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192");

    /** {@code fd00:ec2::/32} of EC2 and {@code fd20:ce::254} of Google. */
    private static final List<String> METADATA_PREFIXES = List.of("fd000ec2", "fd2000ce000000000000000000000254");

    private static final Set<String> METADATA_NAMES =
            Set.of("metadata", "metadata.google.internal", "metadata.goog", "instance-data");
    private static final String LOOPBACK_KEY = "security.allow_loopback_printers";

    private final Loopback loopback;
    private final Supplier<Set<Integer>> ownPorts;
    private final LocalAddresses localAddresses;

    /** Whether printers may be on the loopback interface. */
    public enum Loopback {
        REFUSED,
        ALLOWED
    }

    /**
     * @param ownPorts on which the bridge listens; refused whatever the configuration says
     */
    public AddressPolicy(Loopback loopback, Supplier<Set<Integer>> ownPorts) {
        this(loopback, ownPorts, LocalAddresses.ofSystem());
    }

    AddressPolicy(Loopback loopback, Supplier<Set<Integer>> ownPorts, LocalAddresses localAddresses) {
        this.loopback = loopback;
        this.ownPorts = ownPorts;
        this.localAddresses = localAddresses;
    }

    /** Why an address must not be registered, in one line; null if it may be. Resolves no names. */
    public @Nullable String refusal(PrinterAddress address) {
        String host = address.host().toLowerCase(Locale.ROOT);
        if (METADATA_NAMES.contains(host)) {
            return "found the metadata service of a cloud, expected a printer";
        }
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return refusal(InetAddress.getLoopbackAddress(), address.port());
        }
        InetAddress literal = IpLiteral.parse(host);
        return literal == null ? null : refusal(literal, address.port());
    }

    /** Why the bridge must not connect to an address, in one line; null if it may. */
    public @Nullable String refusal(InetAddress address, int port) {
        List<Inet4Address> embedded = EmbeddedIpv4.in(address);
        if (embedded.isEmpty()) {
            return refusalOf(address, port);
        }
        for (Inet4Address each : embedded) {
            String refusal = refusalOf(each, port);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
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
        if (isTeredo(address)) {
            return "found a Teredo address, expected a printer";
        }
        if (ownPorts.get().contains(port) && localAddresses.contains(address)) {
            return "found port " + port + " of the bridge itself, expected a printer";
        }
        if (address.isLoopbackAddress() && loopback == Loopback.REFUSED) {
            return "found a loopback address, which " + LOOPBACK_KEY + " does not allow";
        }
        return null;
    }

    private static boolean isMetadata(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? METADATA_ADDRESSES.contains(address.getHostAddress())
                : METADATA_PREFIXES.stream().anyMatch(HexFormat.of().formatHex(bytes)::startsWith);
    }

    /** RFC 4380: leads through a relay on the internet. */
    private static boolean isTeredo(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && HexFormat.of().formatHex(bytes, 0, 4).equals("20010000");
    }

    private static boolean startsWithZero(InetAddress address) {
        return address instanceof Inet4Address && address.getAddress()[0] == 0;
    }

    private static boolean isBroadcast(InetAddress address) {
        return address.getHostAddress().equals("255.255.255.255");
    }
}
