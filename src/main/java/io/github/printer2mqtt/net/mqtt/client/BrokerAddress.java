package io.github.printer2mqtt.net.mqtt.client;

import io.github.printer2mqtt.model.address.AddressText;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.QuotedText;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a broker listens.
 *
 * @param transport how MQTT is carried
 * @param host a name or address, an IPv6 literal in brackets
 * @param port 1 to 65535
 * @param path of a web socket, empty for none
 */
public record BrokerAddress(Transport transport, String host, int port, String path) {
    public enum Transport {
        MQTT("mqtt", "tcp", 1883),
        MQTTS("mqtts", "ssl", 8883),
        WS("ws", "ws", 80),
        WSS("wss", "wss", 443);

        private final String scheme;
        private final String pahoScheme;
        private final int port;

        Transport(String scheme, String pahoScheme, int port) {
            this.scheme = scheme;
            this.pahoScheme = pahoScheme;
            this.port = port;
        }

        boolean isWebSocket() {
            return this == WS || this == WSS;
        }

        boolean isTls() {
            return this == MQTTS || this == WSS;
        }
    }

    private static final Pattern PATTERN = Pattern.compile(
            "(mqtts?|wss?)://(\\[[^\\]\\s]*]|[^\\s/?#:@\\[\\]]+)(?::(\\d{1,5}))?(/[^?#\\s]*)?",
            Pattern.CASE_INSENSITIVE);

    /**
     * Parses {@code mqtt://host:1883}, {@code mqtts://}, {@code ws://} or {@code wss://}; the port is optional.
     *
     * @throws InvalidValueException if the text is no such address
     */
    public static BrokerAddress parse(String text) {
        if (text.indexOf('@') >= 0) {
            throw new InvalidValueException("found a user in the address, expected it in username and password");
        }
        Matcher matcher = PATTERN.matcher(text.strip());
        if (!matcher.matches()) {
            throw expected(text);
        }
        Transport transport = Transport.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
        int port = matcher.group(3) == null ? transport.port : Integer.parseInt(matcher.group(3));
        if (port < 1 || port > 65535) {
            throw expected(text);
        }
        String path = matcher.group(4) == null ? "" : matcher.group(4);
        return new BrokerAddress(transport, host(text, matcher.group(2)), port, path);
    }

    /** An IPv6 literal is kept as written; a name becomes lower-case ASCII for the resolver, underscores allowed. */
    private static String host(String text, String written) {
        try {
            AddressText address = AddressText.parse(written);
            return written.startsWith("[") ? written : address.host();
        } catch (InvalidValueException e) {
            throw expected(text);
        }
    }

    private static InvalidValueException expected(String text) {
        return new InvalidValueException(
                "found " + QuotedText.of(text) + ", expected mqtt://host:1883, mqtts://, ws:// or wss://");
    }

    /** The host as it appears in certificates. */
    String hostWithoutBrackets() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The address in Paho's notation. */
    String pahoUri() {
        return transport.pahoScheme + "://" + host + ":" + port + path;
    }

    @Override
    public String toString() {
        return transport.scheme + "://" + host + ":" + port + path;
    }
}
