package io.github.printer2mqtt.net;

import io.github.printer2mqtt.printer.InvalidValueException;
import io.github.printer2mqtt.printer.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;

/**
 * Where a broker listens.
 *
 * @param transport how to speak
 * @param host a name or address, an IPv6 literal in brackets
 * @param port 1 to 65535
 * @param path of a web socket, empty for none
 */
public record MqttServer(Transport transport, String host, int port, String path) {
    /** How MQTT is carried. */
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

        boolean isTls() {
            return this == MQTTS || this == WSS;
        }
    }

    private static final Map<String, Transport> BY_SCHEME =
            Map.of("mqtt", Transport.MQTT, "mqtts", Transport.MQTTS, "ws", Transport.WS, "wss", Transport.WSS);

    /**
     * Reads {@code mqtt://host:1883}, {@code mqtts://}, {@code ws://} or {@code wss://}; the port may be left out.
     *
     * @throws InvalidValueException if the text is no such address
     */
    public static MqttServer parse(String text) {
        if (text.indexOf('@') >= 0) {
            throw new InvalidValueException("found a user in the address, expected it in username and password");
        }
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw expected(text);
        }
        Transport transport =
                uri.getScheme() == null ? null : BY_SCHEME.get(uri.getScheme().toLowerCase(Locale.ROOT));
        if (transport == null || uri.getHost() == null || uri.getPort() > 65535 || uri.getPort() == 0) {
            throw expected(text);
        }
        int port = uri.getPort() < 0 ? transport.port : uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return new MqttServer(transport, uri.getHost(), port, path);
    }

    private static InvalidValueException expected(String text) {
        return new InvalidValueException(
                "found " + Quoted.of(text) + ", expected mqtt://host:1883, mqtts://, ws:// or wss://");
    }

    /** The address as Paho writes it. */
    String pahoUri() {
        return transport.pahoScheme + "://" + host + ":" + port + path;
    }

    @Override
    public String toString() {
        return transport.scheme + "://" + host + ":" + port + path;
    }
}
