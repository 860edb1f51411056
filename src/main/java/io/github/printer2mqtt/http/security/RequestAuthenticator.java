package io.github.printer2mqtt.http.security;

import io.github.printer2mqtt.access.AccessException;
import io.github.printer2mqtt.access.Authenticator;
import io.github.printer2mqtt.access.Principal;
import io.github.printer2mqtt.http.message.Problem;
import io.github.printer2mqtt.http.message.RequestTarget;
import io.github.printer2mqtt.model.access.Right;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sent a request: by {@code Authorization: Bearer}, never by a query, which would end up in logs; by the cookie
 * of a session; by a trusted proxy; or because it comes directly from this machine, while that is enough.
 */
public record RequestAuthenticator(
        Authenticator access, SessionCookie cookie, ProxyLogin proxyLogin, TrustedProxies proxies) {
    private static final String SCHEME = "Bearer ";

    /** Added by proxies. A client behind a proxy is not on this machine, even if the proxy is. */
    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    /** What is known of the sender of a request. */
    public sealed interface Sender {}

    /** @param csrf what a change must repeat in a header, because a browser sends the cookie by itself; null for others */
    public record Known(Principal principal, @Nullable String csrf) implements Sender {}

    /** @param why the response where somebody must be known */
    public record Unknown(Problem why) implements Sender {}

    public Sender sender(HttpServerRequest request) {
        try {
            return find(request);
        } catch (AccessException e) {
            return new Unknown(ProblemMapper.of(e));
        }
    }

    /**
     * Who sent a token in the address, for programs that send no headers. It must be for one right only, because addresses end up
     * in logs and are passed on.
     */
    public Sender senderByAddress(List<String> tokens, Right right) {
        try {
            Principal found = tokens.size() == 1 ? access.ofToken(tokens.get(0)) : null;
            boolean isNarrow = found != null && found.rights().equals(Set.of(right));
            return known(
                    isNarrow ? found : null,
                    "the token in the address is wrong, expired or revoked, or has other scopes than "
                            + right.wireName());
        } catch (AccessException e) {
            return new Unknown(ProblemMapper.of(e));
        }
    }

    private Sender find(HttpServerRequest request) {
        List<String> authorization = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        if (authorization.stream().anyMatch(RequestAuthenticator::isBearer)) {
            Principal bearer = authorization.size() == 1 ? ofBearer(authorization.get(0)) : null;
            return known(bearer == null ? ofThisMachine(request) : bearer, "the token is wrong, expired or revoked");
        }
        Known ofProxy = proxyLogin.user(request);
        if (ofProxy != null) {
            return ofProxy;
        }
        String session = cookie.read(request);
        Principal user = session == null ? null : access.ofSession(session);
        if (session != null && user != null) {
            return new Known(user, SessionCookie.csrf(session));
        }
        return known(
                ofThisMachine(request),
                access.isSetupRequired()
                        ? "there is no user yet; open the page and enter the code from the log of the bridge"
                        : "log in, or send the header Authorization: Bearer with a token");
    }

    private static Sender known(@Nullable Principal principal, String otherwise) {
        return principal == null ? new Unknown(unauthorized(otherwise)) : new Known(principal, null);
    }

    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    private @Nullable Principal ofBearer(String authorization) {
        String token = authorization.substring(SCHEME.length()).strip();
        Principal configured = access.ofConfiguredToken(token);
        return configured == null ? access.ofToken(token) : configured;
    }

    private @Nullable Principal ofThisMachine(HttpServerRequest request) {
        return isDirect(request) ? access.ofThisMachine() : null;
    }

    /** From this machine, to a name of this machine, and not passed on by a proxy as far as it says so or is known. */
    private boolean isDirect(HttpServerRequest request) {
        SocketAddress peer = request.remoteAddress();
        String address = peer == null ? null : peer.hostAddress();
        String host = host(request);
        return address != null
                && AllowedHosts.isLoopback(address)
                && !proxies.sharesAddress(peer)
                && (host == null || AllowedHosts.isLoopbackAuthority(host))
                && FORWARDED.stream().noneMatch(header -> request.headers().contains(header));
    }

    /** As the guard checks it; null for HTTP/1.0 without the header. */
    private static @Nullable String host(HttpServerRequest request) {
        RequestTarget target = RequestTarget.parse(request.uri());
        String authority = target == null ? null : target.authority();
        return authority == null ? request.getHeader(HttpHeaders.HOST) : authority;
    }

    /** Why somebody may not send a request that needs a right; null if they may. */
    public static @Nullable Problem rejection(Sender sender, HttpServerRequest request, Right right) {
        if (!(sender instanceof Known known)) {
            return ((Unknown) sender).why();
        }
        if (!known.principal().has(right)) {
            return Problem.of(
                    403,
                    "forbidden",
                    "this needs the right " + right.wireName() + ", which "
                            + known.principal().name() + " does not have");
        }
        return csrfRejection(known, request);
    }

    /** Why a change by cookie is rejected; null if it is none, or proves that a page of this bridge sent it. */
    public static @Nullable Problem csrfRejection(Known known, HttpServerRequest request) {
        HttpMethod method = request.method();
        if (known.csrf() == null || method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            return null;
        }
        return SessionCookie.matches(known.csrf(), request.getHeader(SessionCookie.CSRF_HEADER))
                ? null
                : Problem.of(
                        403,
                        "csrf_token_wrong",
                        "expected the header " + SessionCookie.CSRF_HEADER + " with csrf of GET /api/session");
    }

    private static Problem unauthorized(String detail) {
        return Problem.of(401, "unauthorized", detail).withHeader("WWW-Authenticate", "Bearer realm=\"printer2mqtt\"");
    }
}
