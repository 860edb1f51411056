package io.github.printer2mqtt.access;

import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.model.access.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, as proven by a session, a token, a trusted proxy or the machine that it came from.
 *
 * @param name for the log: of the user or token, or what stands for it
 * @param key hash of the session or token; empty if there is none
 */
public record Principal(Kind kind, String name, Set<Right> rights, String key) {
    /** How it was proven. */
    public enum Kind {
        SESSION,
        TOKEN,
        /** The token of the configuration. */
        CONFIGURED_TOKEN,
        /** By a proxy that the configuration trusts. */
        PROXY,
        /** From this machine, while there are no users. */
        LOCAL
    }

    static Principal local() {
        return new Principal(Kind.LOCAL, "this machine", Role.ADMIN.rights(), "");
    }

    static Principal configuredToken() {
        return new Principal(Kind.CONFIGURED_TOKEN, "http.token", Role.ADMIN.rights(), "");
    }

    /**
     * A user who is logged in at a trusted proxy.
     *
     * @param proxy tells such a user from one of this bridge with the same name
     */
    public static Principal ofProxy(String user, String proxy, Role role) {
        return new Principal(Kind.PROXY, user + " (" + proxy + ")", role.rights(), "");
    }

    /** The name of the user who is logged in here; null for a program or a user of a proxy. */
    public @Nullable String user() {
        return kind == Kind.SESSION ? name : null;
    }

    /** The name of the person; null for a program. */
    public @Nullable String person() {
        return kind == Kind.PROXY ? name : user();
    }

    /** What it may do, as a role; null if it may not read. */
    public @Nullable Role role() {
        return Role.nearest(rights);
    }

    public boolean has(Right right) {
        return rights.contains(right);
    }

    /** Does not show the key. */
    @Override
    public String toString() {
        return kind + " " + name;
    }
}
