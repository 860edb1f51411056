package io.github.printer2mqtt.http;

import static io.vertx.core.http.HttpMethod.GET;

import io.github.printer2mqtt.http.message.ApiResponse;
import io.github.printer2mqtt.http.security.RequestGuard;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** The start page for browsers, and the OpenAPI description. */
final class PageRoutes {
    private static final String POLICY =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>printer2mqtt</title>
            </head>
            <body>
            <h1>printer2mqtt</h1>
            <p>printer2mqtt %s watches a fleet of 3D printers and publishes their live state to MQTT and this API.</p>
            <ul>
            <li><a href="/api/printers">The printers</a></li>
            <li><a href="/api/printers?fresh=true">The printers, polled now</a></li>
            <li><a href="/api/printers/export">The registrations, without credentials</a></li>
            <li><a href="/openapi.yaml">OpenAPI description</a></li>
            <li><a href="/metrics">Metrics</a></li>
            <li><a href="/health/ready">Health</a></li>
            </ul>
            </body>
            </html>
            """;

    private final Buffer page;
    private final Buffer description;

    /**
     * @param version of the bridge
     * @param description openapi.yaml
     */
    PageRoutes(String version, Buffer description) {
        this.page = Buffer.buffer(PAGE.replace("%s", escaped(version)).getBytes(StandardCharsets.UTF_8));
        this.description = description;
    }

    void mount(RouteTable routes) {
        routes.anonymous(
                GET,
                "/",
                request -> Future.succeededFuture(ApiResponse.of(200, "text/html; charset=utf-8", page)
                        .withHeader(RequestGuard.SecurityHeaders.CONTENT_SECURITY_POLICY, POLICY)
                        .withHeader("Cache-Control", "no-cache")));
        routes.anonymous(
                GET,
                "/openapi.yaml",
                request -> Future.succeededFuture(
                        ApiResponse.of(200, "application/yaml", description).withHeader("Cache-Control", "no-cache")));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
