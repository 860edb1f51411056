package io.github.printer2mqtt.persistence;

import io.github.printer2mqtt.model.access.ApiToken;
import io.github.printer2mqtt.model.access.PasswordHash;
import io.github.printer2mqtt.model.access.User;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Users, their sessions, and tokens. Sessions and tokens are stored by their hashes, so the database opens nothing. Futures
 * fail with a {@link DatabaseException}; nothing has changed then.
 */
public interface AccessRepository {
    record StoredUser(User user, PasswordHash password) {}

    /** @param hash hexadecimal SHA-256 of the text in the cookie */
    record StoredSession(String hash, String user, Instant expiresAt) {}

    /** @param hash hexadecimal SHA-256 of the token */
    record StoredToken(String hash, ApiToken token) {}

    /** Everything that is stored. */
    record Stored(List<StoredUser> users, List<StoredSession> sessions, List<StoredToken> tokens) {}

    Future<Stored> load();

    /**
     * Adds or replaces a user.
     *
     * @param ended hashes of sessions that end with it
     */
    Future<Void> saveUser(StoredUser user, Collection<String> ended);

    /** Removes a user with all sessions. */
    Future<Void> deleteUser(String name);

    /**
     * Adds a session.
     *
     * @param ended hashes of sessions that it replaces
     */
    Future<Void> saveSession(StoredSession session, Collection<String> ended);

    Future<Void> deleteSession(String hash);

    Future<Void> saveToken(StoredToken token);

    /** @param hash of the token */
    Future<Void> deleteToken(String hash);
}
