package io.github.printer2mqtt.http;

import io.github.printer2mqtt.model.access.AuditEntry;
import io.github.printer2mqtt.persistence.AccessRepository;
import io.github.printer2mqtt.persistence.AuditRepository;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Users, sessions, tokens and the audit in memory. Fails like a database whose disk is full while {@link #broken}. */
final class InMemoryAccess implements AccessRepository, AuditRepository {
    final Map<String, StoredUser> users = new ConcurrentHashMap<>();
    final Map<String, StoredSession> sessions = new ConcurrentHashMap<>();
    final Map<String, StoredToken> tokens = new ConcurrentHashMap<>();
    final List<AuditEntry> audit = new CopyOnWriteArrayList<>();
    volatile boolean broken;

    @Override
    public Future<Stored> load() {
        return run(() -> {})
                .map(done -> new Stored(
                        List.copyOf(users.values()), List.copyOf(sessions.values()), List.copyOf(tokens.values())));
    }

    @Override
    public Future<Void> saveUser(StoredUser user, Collection<String> ended) {
        return run(() -> {
            users.put(user.user().name(), user);
            sessions.keySet().removeAll(ended);
        });
    }

    @Override
    public Future<Void> deleteUser(String name) {
        return run(() -> {
            users.remove(name);
            sessions.values().removeIf(session -> session.user().equals(name));
        });
    }

    @Override
    public Future<Void> saveSession(StoredSession session, Collection<String> ended) {
        return run(() -> {
            sessions.put(session.hash(), session);
            sessions.keySet().removeAll(ended);
        });
    }

    @Override
    public Future<Void> deleteSession(String hash) {
        return run(() -> sessions.remove(hash));
    }

    @Override
    public Future<Void> saveToken(StoredToken token) {
        return run(() -> tokens.put(token.hash(), token));
    }

    @Override
    public Future<Void> deleteToken(String hash) {
        return run(() -> tokens.remove(hash));
    }

    @Override
    public void append(AuditEntry entry) {
        audit.add(entry);
    }

    @Override
    public Future<List<StoredEntry>> newest(long before, int limit) {
        List<StoredEntry> entries = new ArrayList<>();
        for (AuditEntry entry : audit) {
            entries.add(new StoredEntry(entries.size() + 1L, entry));
        }
        Collections.reverse(entries);
        return run(() -> {})
                .map(done -> entries.stream()
                        .filter(entry -> entry.number() < before)
                        .limit(limit)
                        .toList());
    }

    private Future<Void> run(Runnable change) {
        if (broken) {
            return Future.failedFuture(new DatabaseException(DatabaseException.Kind.DISK_FULL, "the disk is full"));
        }
        change.run();
        return Future.succeededFuture();
    }
}
