package io.github.printer2mqtt.config;

import io.github.printer2mqtt.config.type.InvalidSettingException;
import io.github.printer2mqtt.model.access.Role;
import io.github.printer2mqtt.text.IpNetwork;
import io.github.printer2mqtt.text.Secret;
import io.github.printer2mqtt.text.WireConstant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sections {@code http.proxy} and {@code http.ingress}: reverse proxies whose headers are believed.
 *
 * @param trusted where they connect from; empty for none
 * @param login how they tell who a user is; null if they do not
 * @param ingress Home Assistant's own proxy; null if it is not believed
 */
public record ProxyConfig(
        List<IpNetwork> trusted,
        @Nullable Login login,
        @Nullable Ingress ingress) {
    static final String ROLE_EXPECTED = "name=role, with one of viewer, operator, admin";

    /** For everybody whom no other name gives a role. */
    private static final String EVERYBODY = "*";

    private static final int MAX_NAME = 100;

    /**
     * @param secret that the proxy sends with each request
     * @param userHeader with the name of the user
     * @param groupsHeader with the groups of the user, by commas; null if roles are given to users
     */
    public record Login(
            Secret secret, String userHeader, @Nullable String groupsHeader, Roles roles) {}

    /** @param peer where it connects from */
    public record Ingress(IpNetwork peer, Roles roles) {}

    /** Roles by the name of a user or group. */
    public record Roles(Map<String, Role> byName) {
        public Roles {
            byName = Map.copyOf(byName);
        }

        static Roles of(List<Map.Entry<String, Role>> entries) {
            Map<String, Role> byName = new HashMap<>();
            // Of two roles for one name the smaller one counts.
            entries.forEach(each -> byName.merge(
                    each.getKey(), each.getValue(), (one, other) -> one.compareTo(other) < 0 ? one : other));
            return new Roles(byName);
        }

        /** The largest role of some names, or the one for everybody if none of them has any; null for no access. */
        public @Nullable Role of(Collection<String> names) {
            return names.stream()
                    .filter(name -> !name.equals(EVERYBODY))
                    .map(byName::get)
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElse(byName.get(EVERYBODY));
        }
    }

    public ProxyConfig {
        trusted = List.copyOf(trusted);
    }

    /** Believes nobody. */
    public static ProxyConfig none() {
        return new ProxyConfig(List.of(), null, null);
    }

    static Map.Entry<String, Role> parseRole(String text) throws InvalidSettingException {
        int separator = text.lastIndexOf('=');
        Role role = WireConstant.find(Role.class, text.substring(separator + 1));
        String name = text.substring(0, Math.max(0, separator)).strip();
        if (role == null || name.isEmpty() || name.length() > MAX_NAME) {
            throw InvalidSettingException.expected(ROLE_EXPECTED);
        }
        return Map.entry(name, role);
    }
}
