package io.github.printer2mqtt.model.address;

import io.github.printer2mqtt.text.HostUrl;

/**
 * The address of a printer, normalised so that different spellings are equal.
 *
 * @param host a name in lower case, a dotted quad, or an IPv6 literal without brackets
 * @param port 1 to 65535
 * @param path a prefix without trailing slash, empty for none
 */
public record PrinterAddress(Scheme scheme, String host, int port, String path) {
    public enum Scheme {
        HTTP("http", 80),
        HTTPS("https", 443);

        private final String wireName;
        private final int port;

        Scheme(String wireName, int port) {
            this.wireName = wireName;
            this.port = port;
        }

        public String wireName() {
            return wireName;
        }

        /** The default port of a URL. */
        public int port() {
            return port;
        }
    }

    /** Whether scheme, host and port are equal (RFC 6454). */
    public boolean isSameOrigin(PrinterAddress other) {
        return scheme == other.scheme && host.equals(other.host) && port == other.port;
    }

    public boolean isTls() {
        return scheme == Scheme.HTTPS;
    }

    /** Host and port as in a URL. */
    public String authority() {
        return HostUrl.bracketed(host) + ':' + port;
    }

    /** The URL, always with a port. */
    @Override
    public String toString() {
        return scheme.wireName() + "://" + authority() + path;
    }
}
