package io.github.printer2mqtt.access;

import io.github.printer2mqtt.access.AccessException.Code;
import io.github.printer2mqtt.model.access.Role;
import io.github.printer2mqtt.persistence.AccessRepository.Stored;
import io.github.printer2mqtt.persistence.AccessRepository.StoredSession;
import io.github.printer2mqtt.persistence.AccessRepository.StoredToken;
import io.github.printer2mqtt.persistence.AccessRepository.StoredUser;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Users, sessions and tokens as they are stored, in memory. Changes are made one after the other. Thread-safe. */
final class AccessState {
    private final Map<String, StoredUser> users = new ConcurrentHashMap<>();
    private final Map<String, StoredSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, StoredToken> tokens = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean loaded;
    private Future<?> lastChange = Future.succeededFuture();

    void set(Stored stored) {
        stored.users().forEach(each -> users.put(each.user().name(), each));
        stored.sessions().forEach(each -> sessions.put(each.hash(), each));
        stored.tokens().forEach(each -> tokens.put(each.hash(), each));
        loaded = true;
    }

    /** @throws AccessException while nothing is loaded, since it is not known then who has access */
    void requireLoaded() {
        if (!loaded) {
            throw AccessException.later(
                    Code.STARTING, "the users have not been read yet; try again in a second", Duration.ofSeconds(1));
        }
    }

    /** Runs a change when those before it are complete. Each has an end, because the database limits the time of a write. */
    synchronized <T> Future<T> change(Supplier<Future<T>> change) {
        Future<T> changed = lastChange.transform((done, failure) -> change.get());
        lastChange = changed;
        return changed;
    }

    /** Calls a listener whenever a session, a token or a right has ended. It must not block. */
    void addListener(Runnable listener) {
        listeners.add(listener);
    }

    void ended() {
        listeners.forEach(Runnable::run);
    }

    @Nullable StoredUser user(String name) {
        return users.get(name);
    }

    List<StoredUser> users() {
        return List.copyOf(users.values());
    }

    boolean hasUsers() {
        return !users.isEmpty();
    }

    boolean isLastAdministrator(String name) {
        return users.values().stream()
                .noneMatch(other ->
                        !other.user().name().equals(name) && other.user().role() == Role.ADMIN);
    }

    void put(StoredUser user) {
        users.put(user.user().name(), user);
    }

    void removeUser(String name) {
        users.remove(name);
        sessions.values().removeIf(session -> session.user().equals(name));
    }

    @Nullable StoredSession session(String hash) {
        return sessions.get(hash);
    }

    List<StoredSession> sessions() {
        return List.copyOf(sessions.values());
    }

    List<StoredSession> sessionsOf(String user) {
        return sessions.values().stream()
                .filter(session -> session.user().equals(user))
                .toList();
    }

    void put(StoredSession session) {
        sessions.put(session.hash(), session);
    }

    void removeSession(String hash) {
        sessions.remove(hash);
    }

    @Nullable StoredToken token(String hash) {
        return tokens.get(hash);
    }

    List<StoredToken> tokens() {
        return List.copyOf(tokens.values());
    }

    void put(StoredToken token) {
        tokens.put(token.hash(), token);
    }

    void removeToken(String hash) {
        tokens.remove(hash);
    }
}
