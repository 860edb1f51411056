package io.github.printer2mqtt.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Extracts the IPv4 addresses that an IPv6 address may be translated to. */
final class EmbeddedIpv4 {
    /** IPv4-compatible and IPv4-mapped (RFC 4291), and the well-known prefix for translation (RFC 6052). */
    private static final Set<String> PREFIXES_OF_96_BITS =
            Set.of("0".repeat(24), "0".repeat(20) + "ffff", "0064ff9b" + "0".repeat(16));

    private static final String SIX_TO_FOUR = "2002";
    private static final String LOCAL_TRANSLATION = "0064ff9b0001";

    /** Positions of the address after prefixes of 48, 56, 64 and 96 bits (RFC 6052, section 2.2). */
    private static final List<int[]> TRANSLATED_AT = List.of(
            new int[] {6, 7, 9, 10}, new int[] {7, 9, 10, 11}, new int[] {9, 10, 11, 12}, new int[] {12, 13, 14, 15});

    private EmbeddedIpv4() {}

    /** Empty for IPv4 addresses, {@code ::}, {@code ::1}, and IPv6 addresses without an embedded one. */
    static List<Inet4Address> in(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != 16 || address.isAnyLocalAddress() || address.isLoopbackAddress()) {
            return List.of();
        }
        String hex = HexFormat.of().formatHex(bytes);
        if (PREFIXES_OF_96_BITS.contains(hex.substring(0, 24))) {
            return List.of(ipv4(bytes, 12, 13, 14, 15));
        }
        if (hex.startsWith(SIX_TO_FOUR)) {
            return List.of(ipv4(bytes, 2, 3, 4, 5));
        }
        return hex.startsWith(LOCAL_TRANSLATION) ? translated(bytes) : List.of();
    }

    /** The length of a network-specific prefix is unknown, so every position that may hold an address counts. */
    private static List<Inet4Address> translated(byte[] bytes) {
        List<Inet4Address> candidates =
                TRANSLATED_AT.stream().map(at -> ipv4(bytes, at)).toList();
        List<Inet4Address> used = candidates.stream()
                .filter(candidate -> candidate.getAddress()[0] != 0)
                .toList();
        return used.isEmpty() ? List.of(candidates.get(0)) : used;
    }

    private static Inet4Address ipv4(byte[] bytes, int... at) {
        try {
            return (Inet4Address)
                    InetAddress.getByAddress(new byte[] {bytes[at[0]], bytes[at[1]], bytes[at[2]], bytes[at[3]]});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
