package io.github.printer2mqtt.http.security;

import io.github.printer2mqtt.config.BridgeConfig;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which hosts are answered, so that a page of another site cannot reach the API by pointing its own name at this
 * machine (DNS rebinding).
 *
 * <p>Rebinding needs a name: an address written in numbers cannot be pointed elsewhere. So where the server listens on
 * every address any literal address is answered.
 */
public final class AllowedHosts {
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]+]|[^:\\[\\]/?#@\\s]+)(?::(\\d{1,5}))?");
    private static final Pattern QUAD = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|(0*:)+:?0*1");
    private static final Pattern WILDCARD = Pattern.compile("0\\.0\\.0\\.0|[0:]*:[0:]*");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private enum Names {
        /** A page that points its own name at this machine has no token. */
        EVERY,
        LISTED
    }

    private final Names names;
    private final String listening;
    private final Set<String> named;

    private AllowedHosts(Names names, String listening, List<String> named) {
        this.names = names;
        this.listening = listening.toLowerCase(Locale.ROOT);
        this.named = named.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** With a token and no {@code http.allowed_hosts}, every name is answered. */
    public static AllowedHosts of(BridgeConfig.Http config) {
        boolean isEvery = config.token() != null && config.allowedHosts().isEmpty();
        return new AllowedHosts(isEvery ? Names.EVERY : Names.LISTED, config.host(), config.allowedHosts());
    }

    /**
     * @param header the host of the request: its Host header, or the authority of an absolute target; its port does not
     *     matter, since a proxy or container in front may have another
     */
    boolean allows(String header) {
        String authority = header.toLowerCase(Locale.ROOT);
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            return false;
        }
        String host = parts.group(1);
        if (named.contains(host) || named.contains(authority)) {
            return true;
        }
        if (names == Names.EVERY || (WILDCARD.matcher(listening).matches() && isLiteral(host))) {
            return true;
        }
        boolean isForThisMachine =
                isLoopback(listening) || WILDCARD.matcher(listening).matches();
        return host.equals(bracketed(listening)) || (isForThisMachine && LOCAL.contains(host));
    }

    /** Whether an address or name, without brackets, means this machine only. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    private static boolean isLiteral(String host) {
        return host.startsWith("[") || QUAD.matcher(host).matches();
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
