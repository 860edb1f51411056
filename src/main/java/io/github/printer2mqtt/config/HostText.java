package io.github.printer2mqtt.config;

import io.github.printer2mqtt.model.AddressText;
import io.github.printer2mqtt.text.InvalidValueException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** Names and addresses of machines as the configuration holds them: no scheme, no port, IPv6 without brackets. */
final class HostText {
    private HostText() {}

    /** The host in lower case. */
    static String parse(String text) throws InvalidSettingException {
        String host = text.toLowerCase(Locale.ROOT);
        try {
            AddressText address = AddressText.parse(isIpv6(host) ? '[' + host + ']' : host);
            boolean alone = address.scheme() == null
                    && address.port() == null
                    && address.path().isEmpty();
            if (alone && host.strip().equals(host) && !host.endsWith("/")) {
                return host;
            }
        } catch (InvalidValueException e) {
            throw InvalidSettingException.expected("a host name or an IP address");
        }
        throw InvalidSettingException.expected("a host name or an IP address without scheme, port and path");
    }

    /** Whether only this machine can reach what listens there. Asks no resolver: a name other than localhost is not. */
    static boolean isLoopback(String host) {
        boolean literal = isIpv6(host) || host.matches("[0-9.]+");
        try {
            return host.equals("localhost")
                    || (literal && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isIpv6(String host) {
        return host.indexOf(':') != host.lastIndexOf(':');
    }
}
