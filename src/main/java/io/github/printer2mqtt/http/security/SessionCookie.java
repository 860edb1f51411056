package io.github.printer2mqtt.http.security;

import io.github.printer2mqtt.access.LoginService;
import io.github.printer2mqtt.text.Secret;
import io.github.printer2mqtt.text.Sha256;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of a session. Its name has the port, because browsers send cookies to all ports of a host and two bridges would
 * overwrite each other's. It has no path, so browsers take the folder of the request that set it: {@code /api} below whatever
 * path a proxy serves the bridge under.
 *
 * @param port that the API listens on
 */
public record SessionCookie(IntSupplier port) {
    public static final String CSRF_HEADER = "X-CSRF-Token";

    private static final String ATTRIBUTES = "; HttpOnly; SameSite=Strict";

    /** The id of a session; null if there is none, or more than one. */
    @Nullable String read(HttpServerRequest request) {
        Set<Cookie> cookies = request.cookies(name());
        return cookies.size() == 1 ? cookies.iterator().next().getValue() : null;
    }

    /** The header {@code Set-Cookie} for a new session. */
    public String set(HttpServerRequest request, Secret id) {
        return name() + "=" + id.reveal() + "; Max-Age=" + LoginService.SESSION_LIFETIME.toSeconds() + ATTRIBUTES
                + secure(request);
    }

    /** The header {@code Set-Cookie} that removes it. */
    public String remove(HttpServerRequest request) {
        return name() + "=; Max-Age=0" + ATTRIBUTES + secure(request);
    }

    private String name() {
        return "printer2mqtt_" + port.getAsInt();
    }

    /** A proxy that terminates TLS hides it, but the browser tells the origin of the page. */
    private static String secure(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return request.isSSL() || (origin != null && origin.startsWith("https://")) ? "; Secure" : "";
    }

    /** What a page proves with that it can read answers of this bridge; other pages cannot find it out. */
    public static String csrf(String session) {
        byte[] digest = Sha256.sha256(("csrf " + session).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    static boolean matches(String csrf, @Nullable String given) {
        return given != null && Secret.of(csrf).matches(given);
    }
}
