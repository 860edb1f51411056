package io.github.printer2mqtt.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which Host headers are answered, so that a page of another site cannot reach the API by pointing its own name at this
 * machine (DNS rebinding).
 *
 * <p>Rebinding needs a name: an address written in numbers cannot be pointed elsewhere. So where the server listens on
 * every address any literal address is answered, with any port, since a container or router in front may have mapped it.
 */
final class AllowedHosts {
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]+]|[^:\\[\\]/?#@\\s]+)(?::(\\d{1,5}))?");
    private static final Pattern QUAD = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|(0*:)+:?0*1");
    private static final Pattern WILDCARD = Pattern.compile("0\\.0\\.0\\.0|[0:]*:[0:]*");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String DEFAULT_PORT = "80";

    private final String listening;
    private final Set<String> named;

    /**
     * @param listening the configured address or name
     * @param named further hosts; one without a port is answered with any
     */
    AllowedHosts(String listening, List<String> named) {
        this.listening = listening.toLowerCase(Locale.ROOT);
        this.named = named.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param header the Host header
     * @param port on which the server listens
     */
    boolean allows(String header, int port) {
        String authority = header.toLowerCase(Locale.ROOT);
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            return false;
        }
        String host = parts.group(1);
        if (named.contains(host) || named.contains(authority)) {
            return true;
        }
        boolean samePort = Integer.toString(port).equals(parts.group(2) == null ? DEFAULT_PORT : parts.group(2));
        if (WILDCARD.matcher(listening).matches()) {
            return isLiteral(host) || (samePort && LOCAL.contains(host));
        }
        return samePort && (host.equals(bracketed(listening)) || (isLoopback(listening) && LOCAL.contains(host)));
    }

    /** Whether an address or name, without brackets, means this machine only. */
    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    private static boolean isLiteral(String host) {
        return host.startsWith("[") || QUAD.matcher(host).matches();
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
