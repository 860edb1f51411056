package io.github.printer2mqtt.cli;

/** Builds URLs of servers on this machine. */
public final class HostUrl {
    private HostUrl() {}

    /** The URL for programs on this machine, without a trailing slash. */
    public static String reachable(String scheme, String listenHost, int port) {
        String host = isWildcard(listenHost) ? loopback(listenHost) : listenHost;
        return scheme + "://" + (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ":" + port;
    }

    /** Whether a server with this address listens on all network interfaces. */
    static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.matches("[0:]*:[0:]*");
    }

    private static String loopback(String wildcard) {
        return wildcard.indexOf(':') >= 0 ? "::1" : "127.0.0.1";
    }
}
