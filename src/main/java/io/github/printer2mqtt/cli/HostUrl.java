package io.github.printer2mqtt.cli;

/** URLs of what listens on this machine. */
public final class HostUrl {
    private HostUrl() {}

    /** The URL that programs on this machine can use, without a slash at its end. */
    public static String reachable(String scheme, String listening, int port) {
        String host = isEveryAddress(listening) ? everyAddressMeans(listening) : listening;
        return scheme + "://" + (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ":" + port;
    }

    /** Whether the address stands for all of this machine. */
    static boolean isEveryAddress(String host) {
        return host.equals("0.0.0.0") || host.matches("[0:]*:[0:]*");
    }

    private static String everyAddressMeans(String listening) {
        return listening.indexOf(':') >= 0 ? "::1" : "127.0.0.1";
    }
}
