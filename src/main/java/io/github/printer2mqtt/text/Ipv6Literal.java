package io.github.printer2mqtt.text;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** IPv6 literals, normalised to the form the JDK prints; no zone, no embedded IPv4. */
public final class Ipv6Literal {
    private static final Pattern HEX_GROUPS = Pattern.compile("[0-9A-Fa-f:]{2,39}");

    private Ipv6Literal() {}

    public static String normalise(String literal) {
        if (!HEX_GROUPS.matcher(literal).matches() || literal.indexOf(':') < 0) {
            throw invalid(literal);
        }
        try {
            // A text with a colon is parsed as a literal: the JDK asks no resolver.
            InetAddress address = InetAddress.getByName(literal);
            if (address instanceof Inet6Address) {
                return address.getHostAddress();
            }
            throw invalid(literal);
        } catch (UnknownHostException e) {
            throw invalid(literal);
        }
    }

    private static InvalidValueException invalid(String literal) {
        return new InvalidValueException(
                "found " + QuotedText.of(literal) + ", expected an IPv6 address of hexadecimal groups");
    }
}
