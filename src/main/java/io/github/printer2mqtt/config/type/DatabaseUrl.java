package io.github.printer2mqtt.config.type;

import io.github.printer2mqtt.text.IpLiteral;
import java.net.InetAddress;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL database is.
 *
 * @param host name or IP address; an IPv6 address without brackets
 * @param port of the server
 * @param database its name
 */
public record DatabaseUrl(String host, int port, String database) {
    public static final String EXPECTED = "a URL such as \"postgresql://host:5432/printer2mqtt\"";

    private static final int DEFAULT_PORT = 5432;
    private static final int MAX_PORT = 65_535;
    private static final Pattern URL = Pattern.compile(
            "postgres(?:ql)?://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]{1,253})(?::([0-9]{1,5}))?/([A-Za-z0-9._-]{1,63})");

    /** Whether a text is meant as such a URL rather than as the path of a file. */
    public static boolean isMeantBy(String text) {
        return text.startsWith("postgresql:") || text.startsWith("postgres:");
    }

    /** Parts that may contain a password are never shown. */
    public static DatabaseUrl parse(String text) throws InvalidSettingException {
        if (text.indexOf('@') >= 0) {
            throw InvalidSettingException.found(
                    "a user name in the URL", "it in database.username and database.password");
        }
        if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
            throw InvalidSettingException.found(
                    "options in the URL", EXPECTED + "; TLS is set with database.tls.mode and database.tls.ca");
        }
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw InvalidSettingException.expected(EXPECTED);
        }
        String host = url.group(1).replaceAll("[\\[\\]]", "");
        int port = url.group(2) == null ? DEFAULT_PORT : Integer.parseInt(url.group(2));
        boolean isLiteral = url.group(1).startsWith("[");
        if (port < 1 || port > MAX_PORT || (isLiteral && IpLiteral.parse(host) == null)) {
            throw InvalidSettingException.expected(EXPECTED);
        }
        return new DatabaseUrl(host, port, Objects.requireNonNull(url.group(3)));
    }

    /** Whether the server is on this machine. A name other than localhost is not resolved and counts as elsewhere. */
    public boolean isLoopback() {
        InetAddress address = IpLiteral.parse(host);
        return address == null ? host.equals("localhost") : address.isLoopbackAddress();
    }

    /** The URL with its port. */
    @Override
    public String toString() {
        return "postgresql://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + "/" + database;
    }
}
