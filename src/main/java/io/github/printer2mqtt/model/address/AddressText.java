package io.github.printer2mqtt.model.address;

import io.github.printer2mqtt.model.address.PrinterAddress.Scheme;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.IpLiteral;
import io.github.printer2mqtt.text.QuotedText;
import java.net.IDN;
import java.net.Inet6Address;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address as a user writes it: {@code host}, {@code host:port} or an http(s) URL with a path prefix. Only the syntax is
 * checked here; {@code net} decides which machines may be contacted.
 *
 * @param scheme null if the user gave none
 * @param host as in {@link PrinterAddress}
 * @param port null if the user gave none
 * @param path as in {@link PrinterAddress}
 */
public record AddressText(
        @Nullable Scheme scheme, String host, @Nullable Integer port, String path) {
    private static final int MAX_LENGTH = 2048;
    private static final Pattern SHAPE =
            Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*)://)?([^/?#]*)(/[^?#]*)?([?#].*)?", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]*)(?::([^:]*))?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)*/?");
    private static final Pattern HEX_GROUPS = Pattern.compile("[0-9A-Fa-f:]{2,39}");
    private static final String IPV6 = "an IPv6 address of hexadecimal groups";
    private static final Pattern QUAD = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    /** @throws InvalidValueException if the text is no address */
    public static AddressText parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidValueException("found " + text.length() + " characters, expected at most " + MAX_LENGTH);
        }
        // Pasted links may contain a password or key, so the text is not quoted.
        if (text.indexOf('@') >= 0) {
            throw new InvalidValueException("found a user in the address, expected it in credentials");
        }
        Matcher shape = SHAPE.matcher(text.strip());
        if (!shape.matches()) {
            throw expected(text, "host, host:port or an http(s) URL with at most a path");
        }
        if (shape.group(4) != null) {
            throw new InvalidValueException(
                    "found a query or fragment, expected host, host:port or an http(s) URL with at most a path");
        }
        Matcher authority = AUTHORITY.matcher(shape.group(2));
        if (!authority.matches()) {
            throw expected(text, "host, host:port or an http(s) URL with at most a path");
        }
        return new AddressText(
                scheme(text, shape.group(1)),
                host(text, authority.group(1)),
                port(text, authority.group(2)),
                path(text, shape.group(3)));
    }

    /** The address with a port: by default that of the scheme in a URL, else the driver's. */
    public PrinterAddress withDefaultPort(int driverPort) {
        Scheme known = scheme == null ? Scheme.HTTP : scheme;
        int implied = scheme == null ? driverPort : scheme.port();
        return new PrinterAddress(known, host, port == null ? implied : port, path);
    }

    private static @Nullable Scheme scheme(String text, @Nullable String word) {
        if (word == null) {
            return null;
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "http" -> Scheme.HTTP;
            case "https" -> Scheme.HTTPS;
            default -> throw expected(text, "http or https");
        };
    }

    private static String host(String text, String written) {
        if (written.startsWith("[")) {
            return ipv6(written.substring(1, written.length() - 1));
        }
        String host = written.endsWith(".") ? written.substring(0, written.length() - 1) : written;
        if (host.isEmpty()) {
            throw expected(text, "a host");
        }
        String ascii = ascii(text, host);
        return looksNumeric(ascii) ? quad(text, ascii) : name(text, ascii);
    }

    /** In the form that the JDK prints; no zone, no embedded IPv4 address. */
    private static String ipv6(String literal) {
        if (HEX_GROUPS.matcher(literal).matches() && IpLiteral.parse(literal) instanceof Inet6Address address) {
            return address.getHostAddress();
        }
        throw expected(literal, IPV6);
    }

    private static String ascii(String text, String host) {
        try {
            return IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw expected(text, "a host name");
        }
    }

    /** Resolvers also accept 0x7f000001, 2130706433, 0177.0.0.1 and 127.1; only dotted quads are accepted here. */
    private static boolean looksNumeric(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        return last.matches("\\d+|0x[0-9a-f]*");
    }

    private static String quad(String text, String host) {
        Matcher quad = QUAD.matcher(host);
        if (!quad.matches()) {
            throw expected(text, "an IPv4 address as four decimal numbers");
        }
        for (int i = 1; i <= 4; i++) {
            String part = quad.group(i);
            if (Integer.parseInt(part) > 255 || (part.length() > 1 && part.startsWith("0"))) {
                throw expected(text, "an IPv4 address as four decimal numbers from 0 to 255");
            }
        }
        return host;
    }

    private static String name(String text, String host) {
        if (host.length() > 253) {
            throw expected(text, "a host name of at most 253 characters");
        }
        for (String label : host.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                throw expected(text, "a host name of labels with 1 to 63 letters, digits and -");
            }
        }
        return host;
    }

    private static @Nullable Integer port(String text, @Nullable String digits) {
        if (digits == null) {
            return null;
        }
        if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > 65535) {
            throw expected(text, "a port from 1 to 65535");
        }
        return Integer.valueOf(digits);
    }

    private static String path(String text, @Nullable String path) {
        if (path == null) {
            return "";
        }
        boolean climbs = path.contains("/../") || path.endsWith("/..") || path.contains("/./") || path.endsWith("/.");
        if (!PATH.matcher(path).matches() || climbs) {
            throw expected(text, "a path of letters, digits and . _ ~ -");
        }
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static InvalidValueException expected(String found, String expected) {
        return new InvalidValueException("found " + QuotedText.of(found) + ", expected " + expected);
    }
}
