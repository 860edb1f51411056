package io.github.printer2mqtt.http;

import io.github.printer2mqtt.printer.Quoted;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes before it is routed: the headers that every answer has, the clock for slow clients, and the
 * refusal of requests that a browser makes for somebody else's page. Belongs to the loop of the verticle.
 */
final class FrontDoor implements Handler<HttpServerRequest> {
    private final AllowedHosts hosts;
    private final ClientConnections connections;
    private final HttpMeters meters;
    private final Handler<HttpServerRequest> router;

    FrontDoor(AllowedHosts hosts, ClientConnections connections, HttpMeters meters, Handler<HttpServerRequest> router) {
        this.hosts = hosts;
        this.connections = connections;
        this.meters = meters;
        this.router = router;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.response().writeQueueFull()) {
            // Sends request after request and reads no answer: each would wait in memory.
            connections.giveUp(request.connection());
            return;
        }
        SecurityHeaders.put(request.response());
        connections.onRequest(request);
        Problem refusal = refusal(request);
        if (refusal == null) {
            router.handle(request);
        } else {
            meters.refused(refusal.status());
            Problems.answer(request, refusal);
        }
    }

    private @Nullable Problem refusal(HttpServerRequest request) {
        List<String> named = request.headers().getAll(HttpHeaders.HOST);
        if (named.size() != 1 || !isPath(request.uri())) {
            return Problem.of(400, "bad_request", "expected one Host header and a path with escapes of two hex digits");
        }
        String host = named.get(0);
        if (!hosts.allows(host)) {
            return Problem.of(
                    421,
                    "host_not_allowed",
                    "the Host header " + Quoted.of(host) + " is not this bridge; http.allowed_hosts can name it");
        }
        for (String origin : request.headers().getAll(HttpHeaders.ORIGIN)) {
            if (!isSameSite(origin, host)) {
                return Problem.of(
                        403, "origin_not_allowed", "pages of " + Quoted.of(origin) + " may not ask this bridge");
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

    /** Whether it is no URL, and decodes without a fault. */
    private static boolean isPath(String uri) {
        for (int at = uri.indexOf('%'); at >= 0; at = uri.indexOf('%', at + 1)) {
            if (at + 2 >= uri.length() || !isHex(uri.charAt(at + 1)) || !isHex(uri.charAt(at + 2))) {
                return false;
            }
        }
        return uri.startsWith("/");
    }

    private static boolean isHex(char digit) {
        return Character.digit(digit, 16) >= 0 && digit < 128;
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
}
