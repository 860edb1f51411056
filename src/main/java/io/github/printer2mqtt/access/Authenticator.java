package io.github.printer2mqtt.access;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.persistence.AccessRepository.StoredSession;
import io.github.printer2mqtt.persistence.AccessRepository.StoredToken;
import io.github.printer2mqtt.persistence.AccessRepository.StoredUser;
import io.github.printer2mqtt.text.Secret;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sent a request, from memory. Every method except {@link #ofConfiguredToken} throws an {@link AccessException}
 * until the users are known. Thread-safe.
 */
public final class Authenticator {
    private final BridgeConfig.Http config;
    private final AccessState state;
    private final InstantSource clock;

    Authenticator(BridgeConfig.Http config, AccessState state, InstantSource clock) {
        this.config = config;
        this.state = state;
        this.clock = clock;
    }

    /** The principal of the configured token; null for another token. */
    public @Nullable Principal ofConfiguredToken(String token) {
        Secret configured = config.token();
        return configured != null && configured.matches(token) ? Principal.configuredToken() : null;
    }

    /** The principal of an API token; null if it is wrong, expired or revoked. */
    public @Nullable Principal ofToken(String token) {
        state.requireLoaded();
        StoredToken stored = state.token(RandomText.hash(token));
        return stored == null || stored.token().isExpired(clock.instant())
                ? null
                : new Principal(
                        Principal.Kind.TOKEN,
                        "token " + stored.token().name(),
                        Right.withIncluded(stored.token().scopes()),
                        stored.hash());
    }

    /** The user of a session, by its id; null if it is wrong, or the session has ended. */
    public @Nullable Principal ofSession(String id) {
        state.requireLoaded();
        return ofSessionHash(RandomText.hash(id));
    }

    private @Nullable Principal ofSessionHash(String hash) {
        StoredSession session = state.session(hash);
        if (session == null || !clock.instant().isBefore(session.expiresAt())) {
            return null;
        }
        StoredUser user = state.user(session.user());
        return user == null
                ? null
                : new Principal(
                        Principal.Kind.SESSION,
                        user.user().name(),
                        user.user().role().rights(),
                        hash);
    }

    /**
     * The principal of requests that come directly from this machine; null if they need credentials, as they do when the
     * API listens to other machines, has a token, or has users.
     */
    public @Nullable Principal ofThisMachine() {
        state.requireLoaded();
        return config.listensOnLoopback() && config.token() == null && !state.hasUsers() ? Principal.local() : null;
    }

    /** Whether nobody can have access until the first administrator is created with the setup code. */
    public boolean isSetupRequired() {
        state.requireLoaded();
        return !config.listensOnLoopback() && config.token() == null && !state.hasUsers();
    }

    /** Whether there is somebody who may log in. */
    public boolean hasUsers() {
        state.requireLoaded();
        return state.hasUsers();
    }

    /** Whether somebody who had a right still has it. */
    public boolean stillHas(Principal principal, Right right) {
        Principal now = switch (principal.kind()) {
            case SESSION -> ofSessionHash(principal.key());
            case TOKEN -> {
                StoredToken token = state.token(principal.key());
                yield token == null || token.token().isExpired(clock.instant()) ? null : principal;
            }
            case CONFIGURED_TOKEN, PROXY -> principal;
            case LOCAL -> ofThisMachine();
        };
        return now != null && now.has(right);
    }

    /** Calls a listener whenever a session, a token or a right has ended before its time. It must not block. */
    public void addListener(Runnable listener) {
        state.addListener(listener);
    }
}
