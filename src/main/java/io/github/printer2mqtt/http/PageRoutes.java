package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;

import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.security.RequestGuard.SecurityHeaders;
import io.github.printer2mqtt.http.security.TrustedProxies;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Stream;

/** The web page and the wall with their assets, and the OpenAPI description. They contain nothing of this bridge, so they need no token. */
final class PageRoutes {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ";

    /** The page names its assets, so it is requested again each time; an asset never changes under its name. */
    private static final String REVALIDATE = "no-cache";

    private static final String FOREVER = "public, max-age=31536000, immutable";

    private final Dashboard page;
    private final List<String> frameAncestors;
    private final TrustedProxies proxies;

    /** @param frameAncestors which pages may show this one in a frame; none for an empty list */
    PageRoutes(Dashboard page, List<String> frameAncestors, TrustedProxies proxies) {
        this.page = page;
        this.frameAncestors = frameAncestors;
        this.proxies = proxies;
    }

    void mount(RouteTable routes) {
        routes.open(GET, "/", request -> Future.succeededFuture(document(page.index(), request)));
        // The page reads its parameters itself.
        routes.open(
                GET,
                "/wall",
                request -> Future.succeededFuture(document(page.wall(), request)),
                "dim",
                "theme",
                "lang");
        routes.open(GET, "/assets/{name}", request -> Future.succeededFuture(asset(request)));
        routes.open(
                GET,
                "/openapi.yaml",
                request -> Future.succeededFuture(ApiResponse.of(200, "application/yaml", page.description())
                        .withHeader("Cache-Control", REVALIDATE)));
    }

    private ApiResponse document(WebFile document, RoutingContext request) {
        List<String> sources = frameAncestors(request);
        if (!sources.isEmpty()) {
            // It cannot name other sites, and older browsers would follow it instead of the policy.
            request.response().headers().remove(SecurityHeaders.FRAME_OPTIONS);
        }
        String ancestors = sources.isEmpty() ? "'none'" : String.join(" ", sources);
        return document.response(request.request(), REVALIDATE)
                .withHeader(SecurityHeaders.CONTENT_SECURITY_POLICY, POLICY + ancestors);
    }

    /** The ingress shows the page in a frame of Home Assistant's page, under the same origin. */
    private List<String> frameAncestors(RoutingContext request) {
        return proxies.isIngress(request.request())
                ? Stream.concat(Stream.of("'self'"), frameAncestors.stream())
                        .distinct()
                        .toList()
                : frameAncestors;
    }

    private ApiResponse asset(RoutingContext request) {
        WebFile file = page.assets().get(request.pathParam("name"));
        if (file == null) {
            throw Problem.of(404, "not_found", "there is no such file; reload the page if the bridge was updated")
                    .asException();
        }
        return file.response(request.request(), FOREVER);
    }
}
