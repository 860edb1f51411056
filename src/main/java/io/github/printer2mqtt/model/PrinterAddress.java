package io.github.printer2mqtt.model;

/**
 * Where a printer answers, normalised, so that two ways to write one address are equal.
 *
 * @param scheme how to speak
 * @param host a name in lower case, a dotted quad, or an IPv6 literal without brackets
 * @param port 1 to 65535
 * @param path a prefix without trailing slash, empty for none
 */
public record PrinterAddress(Scheme scheme, String host, int port, String path) {
    /** How to speak to a printer. */
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

        /** The port that a URL without one means. */
        public int port() {
            return port;
        }
    }

    /** Whether both name one server: scheme, host and port are equal, whatever the path (RFC 6454). */
    public boolean isSameOrigin(PrinterAddress other) {
        return scheme == other.scheme && host.equals(other.host) && port == other.port;
    }

    public boolean isTls() {
        return scheme == Scheme.HTTPS;
    }

    /** Host and port as they stand in a URL. */
    public String authority() {
        String bracketed = host.indexOf(':') >= 0 ? '[' + host + ']' : host;
        return bracketed + ':' + port;
    }

    /** The URL, always with its port. */
    @Override
    public String toString() {
        return scheme.wireName() + "://" + authority() + path;
    }
}
