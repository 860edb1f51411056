package io.github.printer2mqtt.http.security;

import io.github.printer2mqtt.access.AuditLog;
import io.github.printer2mqtt.access.Principal;
import io.github.printer2mqtt.config.ProxyConfig;
import io.github.printer2mqtt.model.access.Origin;
import io.github.printer2mqtt.model.access.Role;
import io.github.printer2mqtt.text.QuotedText;
import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the user whom a trusted proxy has let in. A user has the role that the configuration gives to the name, and no access
 * without one. Logins are recorded. Belongs to the event loop of the verticle.
 */
public final class ProxyLogin {
    static final String SECRET_HEADER = "X-Proxy-Secret";

    private static final Logger LOG = LoggerFactory.getLogger(ProxyLogin.class);
    private static final String ACTION = "login by a proxy";
    private static final int MAX_NAME = 100;
    private static final int MAX_RECORDED = 1_000;

    /** A proxy sends the user with each request, so a login is what comes after a pause. */
    private static final long PAUSE_NANOS = Duration.ofHours(1).toNanos();

    private final ProxyConfig config;
    private final TrustedProxies proxies;
    private final AuditLog audit;
    private final LongSupplier nanos;

    /** Part of the token against cross-site requests; lasts until the next start. */
    private final String csrfKey = randomText();

    /** When a login was last seen, by what is recorded of it. */
    private final Map<String, Long> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_RECORDED;
        }
    };

    public ProxyLogin(ProxyConfig config, TrustedProxies proxies, AuditLog audit, LongSupplier nanos) {
        this.config = config;
        this.proxies = proxies;
        this.audit = audit;
        this.nanos = nanos;
    }

    /** A user with the names that roles may be given to. */
    private record Named(String user, List<String> names, String proxy, ProxyConfig.Roles roles) {}

    /** Who is logged in at the proxy that sent a request; null if there is no such proxy, user or role. */
    RequestAuthenticator.@Nullable Known user(HttpServerRequest request) {
        Named named = named(request);
        if (named == null) {
            return null;
        }
        Role role = named.roles().of(named.names());
        if (role == null) {
            onRefused(request, named.user(), "no_role", "has no role in the configuration");
            return null;
        }
        Principal principal = Principal.ofProxy(named.user(), named.proxy(), role);
        if (isNew(principal.name())) {
            audit.record(principal.name(), origin(request), ACTION, "ok");
        }
        return new RequestAuthenticator.Known(principal, SessionCookie.csrf(csrfKey + principal.name()));
    }

    private @Nullable Named named(HttpServerRequest request) {
        ProxyConfig.Ingress ingress = config.ingress();
        if (ingress != null && proxies.isIngress(request)) {
            String id = name(request, "X-Remote-User-Id");
            String user = name(request, "X-Remote-User-Name");
            // Users of Home Assistant who log in elsewhere have no name.
            return id == null
                    ? null
                    : new Named(
                            user == null ? id : user,
                            user == null ? List.of(id) : List.of(id, user),
                            "Home Assistant",
                            ingress.roles());
        }
        ProxyConfig.Login login = config.login();
        String user = login != null && proxies.isProxy(request) ? name(request, login.userHeader()) : null;
        if (login == null || user == null) {
            return null;
        }
        String secret = TrustedProxies.single(request, SECRET_HEADER);
        if (secret == null || !login.secret().matches(secret)) {
            onRefused(request, "unknown user", "proxy_secret_wrong", "came with a wrong " + SECRET_HEADER);
            return null;
        }
        String groups = login.groupsHeader();
        List<String> names = groups == null ? List.of(user) : TrustedProxies.values(request, groups);
        return new Named(user, names, "proxy", login.roles());
    }

    private static @Nullable String name(HttpServerRequest request, String header) {
        String name = TrustedProxies.single(request, header);
        boolean isName = name != null
                && !name.isEmpty()
                && name.length() <= MAX_NAME
                && name.chars().noneMatch(Character::isISOControl);
        return isName ? name : null;
    }

    private void onRefused(HttpServerRequest request, String user, String result, String why) {
        if (isNew(result + " " + user)) {
            LOG.warn(
                    "a login of {} by the proxy {} {}",
                    QuotedText.of(user),
                    request.remoteAddress().hostAddress(),
                    why);
            audit.record(user, origin(request), ACTION, result);
        }
    }

    private boolean isNew(String key) {
        long now = nanos.getAsLong();
        Long before = seen.put(key, now);
        return before == null || now - before > PAUSE_NANOS;
    }

    private String origin(HttpServerRequest request) {
        return Origin.http(proxies.clientAddress(request)).text();
    }

    private static String randomText() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
