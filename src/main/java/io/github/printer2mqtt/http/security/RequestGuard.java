package io.github.printer2mqtt.http.security;

import io.github.printer2mqtt.http.message.HttpMetrics;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.message.RequestTarget;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Handles every request before it is routed: sets security headers, starts time limits, and rejects requests that a browser
 * sends for a page of another site. Belongs to the event loop of the verticle.
 */
public record RequestGuard(
        AllowedHosts hosts,
        TrustedProxies proxies,
        ClientConnections connections,
        HttpMetrics metrics,
        Handler<HttpServerRequest> router)
        implements Handler<HttpServerRequest> {
    private static final Set<String> HEALTH = Set.of("/health/live", "/health/ready");

    @Override
    public void handle(HttpServerRequest request) {
        if (request.response().writeQueueFull()) {
            // The client sends requests and reads no responses, which would pile up in memory.
            connections.closeSlow(request.connection());
            return;
        }
        SecurityHeaders.put(request.response());
        connections.onRequest(request);
        Problem rejection = rejection(request);
        if (rejection == null) {
            router.handle(request);
        } else {
            metrics.requestRejected(rejection.status());
            ProblemMapper.send(request, rejection);
        }
    }

    private @Nullable Problem rejection(HttpServerRequest request) {
        List<String> headers = request.headers().getAll(HttpHeaders.HOST);
        RequestTarget target = RequestTarget.parse(request.uri());
        if (target == null || headers.size() > 1 || (headers.isEmpty() && request.version() != HttpVersion.HTTP_1_0)) {
            return malformed();
        }
        String host = target.authority();
        if (host == null && headers.isEmpty()) {
            // HTTP/1.0 health checks send no Host; browsers always do.
            return HEALTH.contains(target.path()) && !request.headers().contains(HttpHeaders.ORIGIN)
                    ? null
                    : malformed();
        }
        return rejection(request, host == null ? headers.get(0) : host);
    }

    private @Nullable Problem rejection(HttpServerRequest request, String host) {
        if (!hosts.allows(host)) {
            return Problem.of(
                    421,
                    "host_not_allowed",
                    "the host " + QuotedText.of(host)
                            + " is not allowed; add it to http.allowed_hosts if it is a name of this bridge");
        }
        // A proxy may replace the host, but the origin is that of the browser.
        String forwarded = proxies.forwardedHost(request);
        String ofClient = forwarded == null ? host : forwarded;
        for (String origin : request.headers().getAll(HttpHeaders.ORIGIN)) {
            if (!isSameSite(origin, ofClient) || (request.isSSL() && isPlain(origin))) {
                return Problem.of(
                        403,
                        "origin_not_allowed",
                        "requests from pages of " + QuotedText.of(origin) + " are not allowed");
            }
        }
        return isCrossSite(request)
                ? Problem.of(403, "origin_not_allowed", "requests from pages of other sites are not allowed")
                : null;
    }

    /** Browsers omit Origin in some requests but send Sec-Fetch-Site. Following a link from another site is allowed. */
    private static boolean isCrossSite(HttpServerRequest request) {
        boolean isLink = "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD));
        return !isLink && request.headers().getAll("Sec-Fetch-Site").contains("cross-site");
    }

    private static Problem malformed() {
        return Problem.of(400, "bad_request", "expected one Host header, and a path or http URL with valid escapes");
    }

    /** Whether origin and host are the same; the scheme may differ, because a proxy may terminate TLS. */
    static boolean isSameSite(String origin, String host) {
        String page = origin.toLowerCase(Locale.ROOT);
        String requested = host.toLowerCase(Locale.ROOT);
        if (page.startsWith("http://")) {
            return withoutPort(page.substring(7), ":80").equals(withoutPort(requested, ":80"));
        }
        return page.startsWith("https://")
                && withoutPort(page.substring(8), ":443").equals(withoutPort(requested, ":443"));
    }

    /** An attacker on the network can change a page sent over http, so it is not trusted where the API uses TLS. */
    private static boolean isPlain(String origin) {
        return !origin.toLowerCase(Locale.ROOT).startsWith("https://");
    }

    private static String withoutPort(String authority, String implied) {
        return authority.endsWith(implied) ? authority.substring(0, authority.length() - implied.length()) : authority;
    }

    /** Headers that forbid browsers to sniff, frame, embed or run a response. */
    public static final class SecurityHeaders {
        public static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";
        public static final String FRAME_OPTIONS = "X-Frame-Options";

        private SecurityHeaders() {}

        /** Sets the headers of an API response; the page replaces the policy. */
        static void put(HttpServerResponse response) {
            response.putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'")
                    .putHeader(FRAME_OPTIONS, "DENY")
                    .putHeader("Referrer-Policy", "no-referrer")
                    .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        }
    }
}
