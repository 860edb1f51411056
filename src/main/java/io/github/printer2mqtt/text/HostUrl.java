package io.github.printer2mqtt.text;

import java.util.regex.Pattern;

/** Hosts as URLs contain them. */
public final class HostUrl {
    private static final Pattern WILDCARD = Pattern.compile("0\\.0\\.0\\.0|[0:]*:[0:]*");

    private HostUrl() {}

    /** A host as in a URL: an IPv6 address in brackets. */
    public static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? '[' + host + ']' : host;
    }

    /** The host under which programs on this machine reach a server, as in a URL. */
    public static String reachableHost(String listenHost) {
        if (isWildcard(listenHost)) {
            return listenHost.indexOf(':') >= 0 ? "[::1]" : "127.0.0.1";
        }
        return bracketed(listenHost);
    }

    /** The URL of a server for programs on this machine, without a trailing slash. */
    public static String reachable(String scheme, String listenHost, int port) {
        return scheme + "://" + reachableHost(listenHost) + ":" + port;
    }

    /** Whether a server with this address listens on all network interfaces. */
    public static boolean isWildcard(String host) {
        return WILDCARD.matcher(host).matches();
    }
}
