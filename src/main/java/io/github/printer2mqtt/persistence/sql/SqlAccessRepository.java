package io.github.printer2mqtt.persistence.sql;

import io.github.printer2mqtt.model.access.ApiToken;
import io.github.printer2mqtt.model.access.PasswordHash;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.model.access.Role;
import io.github.printer2mqtt.model.access.User;
import io.github.printer2mqtt.persistence.AccessRepository;
import io.github.printer2mqtt.persistence.DatabaseException;
import io.github.printer2mqtt.persistence.sql.Database.Durability;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.WireConstant;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Users, sessions and tokens in SQL. Thread-safe. */
public final class SqlAccessRepository implements AccessRepository {
    private static final Logger LOG = LoggerFactory.getLogger(SqlAccessRepository.class);
    private static final String DELETE_SESSION = "DELETE FROM login_session WHERE hash = ?";

    private final Database database;

    public SqlAccessRepository(Database database) {
        this.database = database;
    }

    @Override
    public Future<Stored> load() {
        Future<List<Row>> users = query("SELECT name, role, iterations, salt, hash, created_at FROM account");
        Future<List<Row>> sessions = query("SELECT hash, account, expires_at FROM login_session");
        Future<List<Row>> tokens = query("SELECT hash, id, name, scopes, created_at, expires_at FROM api_token");
        return Future.all(users, sessions, tokens)
                .map(loaded -> new Stored(
                        users.result().stream().map(SqlAccessRepository::user).toList(),
                        readable("a session", sessions.result(), SqlAccessRepository::session),
                        readable("a token", tokens.result(), SqlAccessRepository::token)));
    }

    @Override
    public Future<Void> saveUser(StoredUser stored, Collection<String> ended) {
        User user = stored.user();
        PasswordHash password = stored.password();
        return write(
                Statement.of(
                        "INSERT INTO account (name, role, iterations, salt, hash, created_at) VALUES (?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (name) DO UPDATE SET role = excluded.role,"
                                + " iterations = excluded.iterations, salt = excluded.salt, hash = excluded.hash",
                        Tuple.of(
                                user.name(),
                                user.role().wireName(),
                                password.iterations(),
                                password.salt(),
                                password.hash(),
                                user.createdAt().toString())),
                deleteSessions(ended));
    }

    @Override
    public Future<Void> deleteUser(String name) {
        return write(Statement.of("DELETE FROM account WHERE name = ?", Tuple.of(name)));
    }

    @Override
    public Future<Void> saveSession(StoredSession session, Collection<String> ended) {
        return write(
                Statement.of(
                        "INSERT INTO login_session (hash, account, expires_at) VALUES (?, ?, ?)",
                        Tuple.of(
                                session.hash(),
                                session.user(),
                                session.expiresAt().toString())),
                deleteSessions(ended));
    }

    @Override
    public Future<Void> deleteSession(String hash) {
        return write(Statement.of(DELETE_SESSION, Tuple.of(hash)));
    }

    @Override
    public Future<Void> saveToken(StoredToken stored) {
        ApiToken token = stored.token();
        Instant expiresAt = token.expiresAt();
        return write(Statement.of(
                "INSERT INTO api_token (hash, id, name, scopes, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
                Tuple.of(
                        stored.hash(),
                        token.id(),
                        token.name(),
                        String.join(",", WireConstant.names(token.scopes())),
                        token.createdAt().toString(),
                        expiresAt == null ? null : expiresAt.toString())));
    }

    @Override
    public Future<Void> deleteToken(String hash) {
        return write(Statement.of("DELETE FROM api_token WHERE hash = ?", Tuple.of(hash)));
    }

    private static Statement deleteSessions(Collection<String> hashes) {
        return new Statement(DELETE_SESSION, hashes.stream().map(Tuple::of).toList());
    }

    private Future<List<Row>> query(String sql) {
        return database.query(sql, Tuple.tuple());
    }

    private Future<Void> write(Statement... statements) {
        return database.write(Durability.FULL, List.of(statements)).mapEmpty();
    }

    /** What is unreadable gives nobody access, and must not keep the bridge from starting. */
    private static <T> List<T> readable(String content, List<Row> rows, Function<Row, T> reader) {
        List<T> read = new ArrayList<>();
        for (Row row : rows) {
            try {
                read.add(reader.apply(row));
            } catch (RuntimeException e) {
                LOG.warn("{} in the database is unreadable and was ignored", content, e);
            }
        }
        return read;
    }

    /** Without its users a bridge might open itself, so it does not start with one that is unreadable. */
    private static StoredUser user(Row row) {
        String name = row.getString("name");
        try {
            Role role = Objects.requireNonNull(WireConstant.find(Role.class, row.getString("role")), "unknown role");
            return new StoredUser(
                    new User(name, role, Instant.parse(row.getString("created_at"))),
                    new PasswordHash(row.getInteger("iterations"), row.getString("salt"), row.getString("hash")));
        } catch (RuntimeException e) {
            throw new DatabaseException(
                    DatabaseException.Kind.DAMAGED,
                    "the user " + QuotedText.of(name) + " in the database is unreadable; correct or delete its row in"
                            + " the table account",
                    e);
        }
    }

    private static StoredSession session(Row row) {
        return new StoredSession(
                row.getString("hash"), row.getString("account"), Instant.parse(row.getString("expires_at")));
    }

    private static StoredToken token(Row row) {
        List<String> scopes = List.of(row.getString("scopes").split(",", -1));
        @Nullable String expiresAt = row.getString("expires_at");
        return new StoredToken(
                row.getString("hash"),
                new ApiToken(
                        row.getString("id"),
                        row.getString("name"),
                        WireConstant.findAll(Right.class, scopes),
                        Instant.parse(row.getString("created_at")),
                        expiresAt == null ? null : Instant.parse(expiresAt)));
    }
}
