package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.type.ValueType;
import io.github.printer2mqtt.config.type.ValueTypes;
import io.github.printer2mqtt.model.access.Role;
import io.github.printer2mqtt.text.IpNetwork;
import io.github.printer2mqtt.text.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of the HTTP API and of the proxies before it. A part of {@link Keys}. */
final class HttpKeys {
    static final List<Key<?>> DECLARED = new ArrayList<>();

    static final Key<String> HOST = key(
            "http.host",
            ValueTypes.host(),
            "127.0.0.1",
            "Address on which the HTTP API listens. On any address but a loopback one clients need a login or a token.");
    static final Key<Integer> PORT =
            key("http.port", ValueTypes.integer(0, 65535), "8080", "Port of the HTTP API. 0 picks any free port.");
    static final Key<Secret> TOKEN = key(
            "http.token",
            ValueTypes.token(),
            null,
            "Token with all rights that clients send as `Authorization: Bearer …`. With null and without users, clients on"
                    + " the same machine need none.");
    static final Key<List<String>> ALLOWED_HOSTS = key(
            "http.allowed_hosts",
            ValueTypes.list("host names", ValueTypes.host()),
            "",
            "Further host names under which clients reach the API, for example behind a reverse proxy.");
    static final Key<List<String>> FRAME_ANCESTORS = key(
            "http.frame_ancestors",
            ValueTypes.list("origins", ValueTypes.frameAncestor()),
            "",
            "Which pages may show the web page in a frame, such as `https://home.example`; `self` for pages of the same origin.");
    static final Key<String> PATH_PREFIX = key(
            "http.path_prefix",
            ValueTypes.pathPrefix(),
            null,
            "Path below which a reverse proxy reaches the API and the web page, if it does not remove it. Requests without it are answered too.");

    static final Key<String> TLS_CERTIFICATE = key(
            "http.tls.certificate",
            ValueTypes.text("the path of a PEM file"),
            null,
            "PEM file with the certificate of the HTTP API and its chain. It is read again when it changes. null serves plain"
                    + " HTTP.");
    static final Key<String> TLS_KEY = key(
            "http.tls.key",
            ValueTypes.text("the path of a PEM file"),
            null,
            "PEM file with the private key of that certificate.");
    static final Key<Secret> TLS_KEY_PASSWORD = key(
            "http.tls.key_password", ValueTypes.password(), null, "Password of `http.tls.key`, if it is encrypted.");

    static final Key<List<IpNetwork>> PROXY_TRUSTED = key(
            "http.proxy.trusted",
            ValueTypes.list("addresses or networks", ValueTypes.network()),
            "",
            "Reverse proxies whose `X-Forwarded-For`, `X-Forwarded-Host` and `X-Forwarded-Prefix` are believed, for example"
                    + " `192.0.2.7` or `10.1.0.0/24`. Clients at these addresses need a login or a token.");
    static final Key<Secret> PROXY_SECRET = key(
            "http.proxy.secret",
            ValueTypes.token(),
            null,
            "What these proxies send as `X-Proxy-Secret`, without which `http.proxy.user_header` is ignored.");
    static final Key<String> PROXY_USER_HEADER = key(
            "http.proxy.user_header",
            ValueTypes.headerName(),
            null,
            "Header in which these proxies send the name of the user who is logged in there, such as `Remote-User`.");
    static final Key<String> PROXY_GROUPS_HEADER = key(
            "http.proxy.groups_header",
            ValueTypes.headerName(),
            null,
            "Header in which they send the groups of the user, separated by commas. With null, `http.proxy.roles` names users.");
    static final Key<List<Map.Entry<String, Role>>> PROXY_ROLES = key(
            "http.proxy.roles",
            ValueTypes.list("roles", ValueTypes.string(ProxyConfig.ROLE_EXPECTED, ProxyConfig::parseRole)),
            "",
            "Roles of groups or users, for example `admins=admin`; `*=viewer` for everybody else. Without a role there is no access.");
    static final Key<IpNetwork> INGRESS_PEER = key(
            "http.ingress.peer", ValueTypes.network(), "172.30.32.2", "Where Home Assistant's ingress connects from.");
    static final Key<List<Map.Entry<String, Role>>> INGRESS_ROLES = key(
            "http.ingress.roles",
            ValueTypes.list("roles", ValueTypes.string(ProxyConfig.ROLE_EXPECTED, ProxyConfig::parseRole)),
            "",
            "Roles of Home Assistant's users who come through its ingress, by user name or id; `*=viewer` for everybody else."
                    + " Empty ignores the headers of the ingress.");

    private HttpKeys() {}

    private static <T> Key<T> key(String path, ValueType<T> type, @Nullable String defaultText, String description) {
        Key<T> key = new Key<>(path, type, defaultText, description);
        DECLARED.add(key);
        return key;
    }
}
