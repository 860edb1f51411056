package io.github.printer2mqtt.registration.discovery;

import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.IpLiteral;
import io.github.printer2mqtt.text.QuotedText;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * An IPv4 network that may be scanned: private, and with at most 1,022 addresses.
 *
 * @param base its first address
 * @param prefix the length of its prefix, {@value #SHORTEST_PREFIX} to 32
 */
public record Subnet(int base, int prefix) {
    /** More than a home or a farm needs; a scan of it takes most of its time limit. */
    static final int SHORTEST_PREFIX = 22;

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern CIDR = Pattern.compile("(" + OCTET + "(?:\\." + OCTET + "){3})(?:/(\\d{1,2}))?");
    private static final String EXPECTED =
            "a private IPv4 network of at most 1,022 addresses, for example 192.168.1.0/24";

    /** RFC 1918, link-local, shared by a provider (also Tailscale), and loopback, which the address policy decides. */
    private static final List<Range> PRIVATE = List.of(
            new Range("10.0.0.0", 8),
            new Range("172.16.0.0", 12),
            new Range("192.168.0.0", 16),
            new Range("169.254.0.0", 16),
            new Range("100.64.0.0", 10),
            new Range("127.0.0.0", 8));

    private record Range(String base, int prefix) {
        boolean contains(int address) {
            return masked(address, prefix) == number(address(base));
        }

        private static InetAddress address(String text) {
            InetAddress parsed = IpLiteral.parse(text);
            if (parsed == null) {
                throw new IllegalStateException(text);
            }
            return parsed;
        }
    }

    public Subnet {
        base = masked(base, prefix);
    }

    /**
     * Reads CIDR notation; a single address is a network of one.
     *
     * @throws InvalidValueException if the text is none, or the network is public or too large
     */
    public static Subnet parse(String text) {
        Matcher matcher = CIDR.matcher(text.strip());
        InetAddress address = matcher.matches() ? IpLiteral.parse(matcher.group(1)) : null;
        if (!(address instanceof Inet4Address)) {
            throw expected(text);
        }
        int prefix = matcher.group(2) == null ? 32 : Integer.parseInt(matcher.group(2));
        if (prefix < SHORTEST_PREFIX || prefix > 32) {
            throw expected(text);
        }
        Subnet subnet = new Subnet(number(address), prefix);
        if (!subnet.isPrivate()) {
            throw expected(text);
        }
        return subnet;
    }

    private static InvalidValueException expected(String text) {
        return new InvalidValueException("found " + QuotedText.of(text) + ", expected " + EXPECTED);
    }

    /** The network of an interface, or the part of it around its address if it is too large. */
    static Subnet around(Inet4Address address, int prefix) {
        return new Subnet(number(address), prefix < SHORTEST_PREFIX ? 24 : prefix);
    }

    boolean isPrivate() {
        return PRIVATE.stream().anyMatch(range -> range.contains(base));
    }

    /** Every address that a machine can have: without those of the network and of its broadcast. */
    public List<InetAddress> addresses() {
        int size = 1 << (32 - prefix);
        int skipped = size > 2 ? 1 : 0;
        return IntStream.range(skipped, size - skipped)
                .mapToObj(offset -> address(base + offset))
                .toList();
    }

    private static int masked(int address, int prefix) {
        return prefix == 0 ? 0 : address & (-1 << (32 - prefix));
    }

    private static int number(InetAddress address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }

    private static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(4).putInt(number).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    @Override
    public String toString() {
        return address(base).getHostAddress() + "/" + prefix;
    }
}
