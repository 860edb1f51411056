package io.github.printer2mqtt.http.security;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.text.HostUrl;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The host names under which the API responds. Other names are rejected, because a web page could point its own name at this
 * machine (DNS rebinding).
 *
 * <p>Rebinding needs a name, so a server that listens on all addresses responds under any literal address.
 */
public final class AllowedHosts {
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]+]|[^:\\[\\]/?#@\\s]+)(?::(\\d{1,5}))?");
    private static final Pattern QUAD = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|(0*:)+:?0*1");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Where every client needs a token or a cookie, which a rebinding page does not have, without {@code http.allowed_hosts}. */
    private final boolean allowsAnyName;

    private final String listenHost;
    private final Set<String> configured;

    public AllowedHosts(BridgeConfig.Http config) {
        allowsAnyName = (config.token() != null || !config.listensOnLoopback())
                && config.allowedHosts().isEmpty();
        listenHost = config.host().toLowerCase(Locale.ROOT);
        configured = config.allowedHosts().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param header the Host header, or the authority of an absolute target; its port is ignored, because a proxy or container
     *     may map it
     */
    boolean allows(String header) {
        String authority = header.toLowerCase(Locale.ROOT);
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            return false;
        }
        String host = parts.group(1);
        if (configured.contains(host) || configured.contains(authority)) {
            return true;
        }
        if (allowsAnyName || (HostUrl.isWildcard(listenHost) && isLiteral(host))) {
            return true;
        }
        boolean listensLocally = isLoopback(listenHost) || HostUrl.isWildcard(listenHost);
        return host.equals(HostUrl.bracketed(listenHost)) || (listensLocally && LOCAL.contains(host));
    }

    /** Whether an address or name, without brackets, is a loopback one. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /** Whether a Host header names this machine. */
    static boolean isLoopbackAuthority(String header) {
        Matcher parts = AUTHORITY.matcher(header.toLowerCase(Locale.ROOT));
        return parts.matches() && (LOCAL.contains(parts.group(1)) || isLoopback(parts.group(1)));
    }

    private static boolean isLiteral(String host) {
        return host.startsWith("[") || QUAD.matcher(host).matches();
    }
}
