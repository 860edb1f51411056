package io.github.printer2mqtt.net;

import io.github.printer2mqtt.model.PrinterAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
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
    private static final Set<String> METADATA_ADDRESSES = Set.of(
            "169.254.169.254",
            "169.254.170.2",
            "169.254.170.23",
            "169.254.42.42",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192");

    /** Of EC2 ({@code fd00:ec2::/32}) and Google ({@code fd20:ce::254}). */
    private static final List<String> METADATA_PREFIXES = List.of("fd000ec2", "fd2000ce000000000000000000000254");

    private static final Set<String> METADATA_NAMES =
            Set.of("metadata", "metadata.google.internal", "metadata.goog", "instance-data");
    private static final String LOOPBACK_KEY = "security.allow_loopback_printers";

    private final Loopback loopback;
    private final Supplier<Set<Integer>> ownPorts;
    private final LocalAddresses localAddresses;

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
        this(loopback, ownPorts, LocalAddresses.ofSystem());
    }

    AddressPolicy(Loopback loopback, Supplier<Set<Integer>> ownPorts, LocalAddresses localAddresses) {
        this.loopback = loopback;
        this.ownPorts = ownPorts;
        this.localAddresses = localAddresses;
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
        List<Inet4Address> embedded = EmbeddedIpv4.in(address);
        if (embedded.isEmpty()) {
            return refusalOf(address, port);
        }
        for (Inet4Address within : embedded) {
            String refusal = refusalOf(within, port);
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

    /** The address that a literal means; null if the host is a name. */
    public static @Nullable InetAddress literal(String host) {
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

    private static boolean isMetadata(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? METADATA_ADDRESSES.contains(address.getHostAddress())
                : METADATA_PREFIXES.stream().anyMatch(HexFormat.of().formatHex(bytes)::startsWith);
    }

    /** Tunnels through a server elsewhere (RFC 4380). */
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
