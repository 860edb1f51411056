package io.github.printer2mqtt.http.security;

import io.github.printer2mqtt.config.ProxyConfig;
import io.github.printer2mqtt.text.IpLiteral;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What reverse proxies tell about a request: where it came from, and under which host and path the client reaches this bridge.
 * Only the address that a request was received from decides whether its headers are believed; any client can send them.
 */
public record TrustedProxies(ProxyConfig config) {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    /** More proxies than anybody has in a row. */
    private static final int MAX_HOPS = 20;

    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9_-]+){1,20}");
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9.-]{1,253}(:\\d{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:\\d{1,5})?");
    private static final Pattern PORT = Pattern.compile("(?<=^[0-9.]{7,15}):\\d{1,5}$|(?<=]):\\d{1,5}$");

    /** Whether a request was received from a proxy of the section {@code http.proxy}. */
    boolean isProxy(HttpServerRequest request) {
        return isProxy(peer(request.remoteAddress()));
    }

    /** Whether a request was received from Home Assistant's ingress, and that is believed. */
    public boolean isIngress(HttpServerRequest request) {
        return isIngress(peer(request.remoteAddress()));
    }

    /** Whether many clients may share the address of a connection. */
    boolean sharesAddress(@Nullable SocketAddress peer) {
        return sharesAddress(peer(peer));
    }

    /** The same for an address, which may be null if it is unknown. */
    boolean sharesAddress(@Nullable InetAddress address) {
        return isProxy(address) || isIngress(address);
    }

    /**
     * The address of the client: the last one in {@code X-Forwarded-For} that no trusted proxy has, because every address
     * before it may be invented.
     */
    public String clientAddress(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        InetAddress client = peer(remote);
        if (client == null) {
            return Objects.requireNonNullElse(remote == null ? null : remote.hostAddress(), "");
        }
        List<String> hops = new ArrayList<>(values(request, FORWARDED_FOR));
        Collections.reverse(hops);
        for (String hop : hops.subList(0, Math.min(hops.size(), MAX_HOPS))) {
            InetAddress before = isProxy(client) || isIngress(client) ? address(hop) : null;
            if (before == null) {
                break;
            }
            client = before;
        }
        return client.getHostAddress();
    }

    /** The host in the URL of the client; null if no trusted proxy tells it. */
    @Nullable String forwardedHost(HttpServerRequest request) {
        String host = isProxy(request) || isIngress(request) ? single(request, "X-Forwarded-Host") : null;
        return host != null && HOST.matcher(host).matches() ? host : null;
    }

    /** The path below which the client reaches this bridge, without a slash at its end; empty if it is none or unknown. */
    public String pathPrefix(HttpServerRequest request) {
        String prefix = isIngress(request) ? single(request, "X-Ingress-Path") : null;
        if (prefix == null && isProxy(request)) {
            prefix = single(request, "X-Forwarded-Prefix");
        }
        return prefix != null && PREFIX.matcher(prefix).matches() ? prefix : "";
    }

    /** The value of a header; null if there is none or more than one. */
    static @Nullable String single(HttpServerRequest request, String header) {
        List<String> values = request.headers().getAll(header);
        return values.size() == 1 ? values.get(0).strip() : null;
    }

    /** The parts of a header that is a list, in all its lines. */
    static List<String> values(HttpServerRequest request, String header) {
        return request.headers().getAll(header).stream()
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(String::strip)
                .toList();
    }

    private boolean isProxy(@Nullable InetAddress address) {
        return config.trusted().stream().anyMatch(network -> network.contains(address));
    }

    private boolean isIngress(@Nullable InetAddress address) {
        ProxyConfig.Ingress ingress = config.ingress();
        return ingress != null && ingress.peer().contains(address);
    }

    private static @Nullable InetAddress peer(@Nullable SocketAddress remote) {
        return remote == null || remote.hostAddress() == null ? null : address(remote.hostAddress());
    }

    /** Some proxies add the port. */
    private static @Nullable InetAddress address(String text) {
        String host = PORT.matcher(text).replaceFirst("");
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        return IpLiteral.parse(isBracketed ? host.substring(1, host.length() - 1) : host);
    }
}
