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
 * What every request passes before it is routed: the headers that every answer has, the clock for slow clients, and the
 * refusal of requests that a browser makes for somebody else's page. Belongs to the loop of the verticle.
 */
public final class RequestGuard implements Handler<HttpServerRequest> {
    private static final Set<String> HEALTH = Set.of("/health/live", "/health/ready");

    private final AllowedHosts hosts;
    private final ClientConnections connections;
    private final HttpMetrics metrics;
    private final Handler<HttpServerRequest> router;

    public RequestGuard(
            AllowedHosts hosts, ClientConnections connections, HttpMetrics metrics, Handler<HttpServerRequest> router) {
        this.hosts = hosts;
        this.connections = connections;
        this.metrics = metrics;
        this.router = router;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.response().writeQueueFull()) {
            // Sends request after request and reads no answer: each would wait in memory.
            connections.closeSlow(request.connection());
            return;
        }
        SecurityHeaders.put(request.response());
        connections.onRequest(request);
        Problem refusal = refusal(request);
        if (refusal == null) {
            router.handle(request);
        } else {
            metrics.requestRejected(refusal.status());
            ProblemMapper.send(request, refusal);
        }
    }

    private @Nullable Problem refusal(HttpServerRequest request) {
        List<String> headers = request.headers().getAll(HttpHeaders.HOST);
        RequestTarget target = RequestTarget.parse(request.uri());
        if (target == null || headers.size() > 1 || (headers.isEmpty() && request.version() != HttpVersion.HTTP_1_0)) {
            return malformed();
        }
        String host = target.authority();
        if (host == null && headers.isEmpty()) {
            // A health check of HTTP/1.0: browsers name a host, and the answer says nothing about printers.
            return HEALTH.contains(target.path()) && !request.headers().contains(HttpHeaders.ORIGIN)
                    ? null
                    : malformed();
        }
        return refusal(request, host == null ? headers.get(0) : host);
    }

    private @Nullable Problem refusal(HttpServerRequest request, String host) {
        if (!hosts.allows(host)) {
            return Problem.of(
                    421,
                    "host_not_allowed",
                    "the host " + QuotedText.of(host) + " is not this bridge; http.allowed_hosts can name it");
        }
        for (String origin : request.headers().getAll(HttpHeaders.ORIGIN)) {
            if (!isSameSite(origin, host)) {
                return Problem.of(
                        403, "origin_not_allowed", "pages of " + QuotedText.of(origin) + " may not ask this bridge");
            }
        }
        return isFromAnotherSite(request)
                ? Problem.of(403, "origin_not_allowed", "pages of other sites may not ask this bridge")
                : null;
    }

    /** Browsers leave Origin out of some requests and name their site here. A link from another site may be followed. */
    private static boolean isFromAnotherSite(HttpServerRequest request) {
        boolean isLink = "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD));
        return !isLink && request.headers().getAll("Sec-Fetch-Site").contains("cross-site");
    }

    private static Problem malformed() {
        return Problem.of(
                400,
                "bad_request",
                "expected one Host header and a path or an http URL, with escapes of two hex digits");
    }

    /** Whether a page of the origin was served by the host; the scheme may differ, for a proxy that ends TLS. */
    static boolean isSameSite(String origin, String host) {
        String page = origin.toLowerCase(Locale.ROOT);
        String asked = host.toLowerCase(Locale.ROOT);
        if (page.startsWith("http://")) {
            return withoutPort(page.substring(7), ":80").equals(withoutPort(asked, ":80"));
        }
        return page.startsWith("https://")
                && withoutPort(page.substring(8), ":443").equals(withoutPort(asked, ":443"));
    }

    private static String withoutPort(String authority, String implied) {
        return authority.endsWith(implied) ? authority.substring(0, authority.length() - implied.length()) : authority;
    }

    /** What every answer says to browsers: nothing may be sniffed, framed, embedded or run. */
    public static final class SecurityHeaders {
        public static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

        private SecurityHeaders() {}

        /** Puts the headers of an API answer; a page replaces the policy by its own. */
        static void put(HttpServerResponse response) {
            response.putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'")
                    .putHeader("X-Frame-Options", "DENY")
                    .putHeader("Referrer-Policy", "no-referrer")
                    .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        }
    }
}
