package io.github.printer2mqtt.http;

import io.github.printer2mqtt.printer.Quoted;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes before it is routed: the headers that every answer has, the clock for slow clients, and the
 * refusal of requests that a browser makes for somebody else's page. Belongs to the loop of the verticle.
 */
final class FrontDoor implements Handler<HttpServerRequest> {
    /** What decodes without a fault. */
    private static final Pattern WELL_FORMED = Pattern.compile("/(?:[^%]|%[0-9A-Fa-f]{2})*+");

    private final AllowedHosts hosts;
    private final IntSupplier port;
    private final ClientConnections connections;
    private final HttpMeters meters;
    private final Handler<HttpServerRequest> router;

    FrontDoor(
            AllowedHosts hosts,
            IntSupplier port,
            ClientConnections connections,
            HttpMeters meters,
            Handler<HttpServerRequest> router) {
        this.hosts = hosts;
        this.port = port;
        this.connections = connections;
        this.meters = meters;
        this.router = router;
    }

    @Override
    public void handle(HttpServerRequest request) {
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
        if (named.size() != 1 || !WELL_FORMED.matcher(request.uri()).matches()) {
            return Problem.of(400, "bad_request", "expected one Host header and a path with escapes of two hex digits");
        }
        String host = named.get(0);
        if (!hosts.allows(host, port.getAsInt())) {
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
        return null;
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
