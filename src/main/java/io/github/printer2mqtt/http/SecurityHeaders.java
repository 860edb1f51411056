package io.github.printer2mqtt.http;

import io.vertx.core.http.HttpServerResponse;

/** What every answer says to browsers: nothing may be sniffed, framed, embedded or run. */
final class SecurityHeaders {
    static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

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
