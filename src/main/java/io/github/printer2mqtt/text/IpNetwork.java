package io.github.printer2mqtt.text;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The IP addresses that begin with the same bits.
 *
 * @param base an address of the network
 * @param prefix number of bits, at most 32 for IPv4 and 128 for IPv6
 */
public record IpNetwork(InetAddress base, int prefix) {
    /**
     * Reads CIDR notation; a single address is a network of one.
     *
     * @throws InvalidValueException if the text is neither
     */
    public static IpNetwork parse(String text) {
        int slash = text.indexOf('/');
        InetAddress base = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        int prefix = base == null || slash < 0 ? -1 : length(text.substring(slash + 1), bits(base));
        if (base == null || (slash >= 0 && prefix < 0)) {
            throw new InvalidValueException("found " + QuotedText.of(text) + ", expected an IP address or a network");
        }
        return new IpNetwork(base, slash < 0 ? bits(base) : prefix);
    }

    /** The length of a prefix; -1 for anything else. */
    private static int length(String text, int max) {
        int length = text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
        return length <= max ? length : -1;
    }

    /** Whether an address belongs to it; null never does. */
    public boolean contains(@Nullable InetAddress address) {
        if (address == null || bits(address) != bits(base)) {
            return false;
        }
        byte[] one = base.getAddress();
        byte[] other = address.getAddress();
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * 8;
    }
}
