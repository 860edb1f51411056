package io.github.printer2mqtt.http.security;

import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates requests: with a configured token by {@code Authorization: Bearer}, never by a query, which would end up in
 * logs; without a token, only clients on this machine are allowed.
 */
public record BearerTokenAuth(@Nullable Secret token) {
    private static final String SCHEME = "Bearer ";

    /** Why the request is rejected; null if it is allowed. */
    @Nullable public Problem rejection(HttpServerRequest request) {
        if (token == null) {
            return isLocal(request.remoteAddress())
                    ? null
                    : unauthorized("http.token is not set, so only requests from this machine are allowed");
        }
        List<String> given = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        if (given.size() == 1
                && given.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && token.matches(given.get(0).substring(SCHEME.length()).strip())) {
            return null;
        }
        return unauthorized("expected the header Authorization: Bearer with the token of http.token");
    }

    private static boolean isLocal(@Nullable SocketAddress peer) {
        String address = peer == null ? null : peer.hostAddress();
        return address != null && AllowedHosts.isLoopback(address);
    }

    private static Problem unauthorized(String detail) {
        return Problem.of(401, "unauthorized", detail).withHeader("WWW-Authenticate", "Bearer realm=\"printer2mqtt\"");
    }
}
