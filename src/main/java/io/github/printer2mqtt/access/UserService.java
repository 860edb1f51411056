package io.github.printer2mqtt.access;

import io.github.printer2mqtt.access.AccessException.Code;
import io.github.printer2mqtt.model.access.PasswordHash;
import io.github.printer2mqtt.model.access.Role;
import io.github.printer2mqtt.model.access.User;
import io.github.printer2mqtt.persistence.AccessRepository;
import io.github.printer2mqtt.persistence.AccessRepository.StoredSession;
import io.github.printer2mqtt.persistence.AccessRepository.StoredUser;
import io.github.printer2mqtt.text.InvalidValueException;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates, changes and removes users. Futures fail with an {@link AccessException}. Thread-safe. */
public final class UserService {
    private static final int MAX_USERS = 200;
    private static final int MIN_PASSWORD = 10;
    private static final int MAX_PASSWORD = 200;

    private final AccessState state;
    private final AccessRepository repository;
    private final PasswordHasher hasher;
    private final InstantSource clock;

    UserService(AccessState state, AccessRepository repository, PasswordHasher hasher, InstantSource clock) {
        this.state = state;
        this.repository = repository;
        this.hasher = hasher;
        this.clock = clock;
    }

    /** All users by name. */
    public List<User> all() {
        state.requireLoaded();
        return state.users().stream()
                .map(StoredUser::user)
                .sorted(Comparator.comparing(User::name))
                .toList();
    }

    public Future<User> create(String name, Role role, Secret password) {
        return create(name, role, password, () -> {});
    }

    /** @param condition checked when no other change can come between; throws to reject */
    Future<User> create(String name, Role role, Secret password, Runnable condition) {
        String checked = checkedName(name);
        checkPassword(password);
        return hasher.hash(password)
                .compose(hash -> state.change(() -> {
                    condition.run();
                    checkNew(checked, role);
                    User user = new User(checked, role, clock.instant().truncatedTo(ChronoUnit.MILLIS));
                    return store(new StoredUser(user, hash), List.of());
                }));
    }

    /**
     * Changes a user. A new password ends all sessions of the user.
     *
     * @param role null to keep it
     * @param password null to keep it
     */
    public Future<User> change(String name, @Nullable Role role, @Nullable Secret password) {
        existing(name);
        if (password == null) {
            return state.change(() -> change(existing(name), role, null));
        }
        checkPassword(password);
        return hasher.hash(password).compose(hash -> state.change(() -> change(existing(name), role, hash)));
    }

    /**
     * Gives a user a new password, which ends all sessions of the user but one.
     *
     * @param before as it was when the current password was checked; rejected if it has changed since
     * @param kept hash of the session that goes on
     */
    Future<Void> changePassword(StoredUser before, Secret password, String kept) {
        String name = before.user().name();
        return hasher.hash(password)
                .compose(hash -> state.change(() -> {
                    if (!before.equals(state.user(name)) || state.session(kept) == null) {
                        throw AccessException.of(Code.WRONG_PASSWORD, "the user or the session has changed meanwhile");
                    }
                    List<String> ended = state.sessionsOf(name).stream()
                            .map(StoredSession::hash)
                            .filter(session -> !session.equals(kept))
                            .toList();
                    return store(new StoredUser(before.user(), hash), ended).mapEmpty();
                }));
    }

    private Future<User> change(StoredUser before, @Nullable Role role, @Nullable PasswordHash password) {
        User user = before.user();
        if (role != null && role != Role.ADMIN) {
            checkNotLastAdministrator(user);
        }
        List<String> ended = password == null
                ? List.of()
                : state.sessionsOf(user.name()).stream()
                        .map(StoredSession::hash)
                        .toList();
        User changed = new User(user.name(), role == null ? user.role() : role, user.createdAt());
        return store(new StoredUser(changed, password == null ? before.password() : password), ended);
    }

    public Future<Void> remove(String name) {
        return state.change(() -> {
            User user = existing(name).user();
            checkNotLastAdministrator(user);
            return stored(() -> repository.deleteUser(user.name())).onSuccess(deleted -> {
                state.removeUser(user.name());
                state.ended();
            });
        });
    }

    private Future<User> store(StoredUser user, List<String> ended) {
        return stored(() -> repository.saveUser(user, ended)).map(saved -> {
            state.put(user);
            ended.forEach(state::removeSession);
            state.ended();
            return user.user();
        });
    }

    /** The result of a write, with an error for users if it failed. */
    static Future<Void> stored(Supplier<Future<Void>> write) {
        return Future.succeededFuture()
                .compose(ready -> write.get())
                .recover(failure ->
                        Future.failedFuture(AccessException.of(Code.NOT_STORED, String.valueOf(failure.getMessage()))));
    }

    private StoredUser existing(String name) {
        state.requireLoaded();
        StoredUser user = state.user(name);
        if (user == null) {
            throw AccessException.of(Code.USER_NOT_FOUND, "no user has the name " + QuotedText.of(name));
        }
        return user;
    }

    private void checkNew(String name, Role role) {
        state.requireLoaded();
        if (state.user(name) != null) {
            throw AccessException.ofField(
                    Code.DUPLICATE_USER, "name", "there is a user " + QuotedText.of(name) + " already");
        }
        if (!state.hasUsers() && role != Role.ADMIN) {
            throw AccessException.ofField(
                    Code.INVALID_FIELD, "role", "found " + role.wireName() + ", expected admin for the first user");
        }
        if (state.users().size() >= MAX_USERS) {
            throw AccessException.ofField(Code.INVALID_FIELD, "name", MAX_USERS + " users exist, which is the maximum");
        }
    }

    private void checkNotLastAdministrator(User user) {
        if (user.role() == Role.ADMIN && state.isLastAdministrator(user.name())) {
            throw AccessException.of(
                    Code.LAST_ADMINISTRATOR, user.name() + " is the only administrator; make another user one first");
        }
    }

    private static String checkedName(String name) {
        try {
            return User.checkedName(name);
        } catch (InvalidValueException e) {
            throw AccessException.ofField(Code.INVALID_FIELD, "name", String.valueOf(e.getMessage()));
        }
    }

    static void checkPassword(Secret password) {
        int length = password.reveal().length();
        if (length < MIN_PASSWORD || length > MAX_PASSWORD) {
            throw AccessException.ofField(
                    Code.INVALID_FIELD,
                    "password",
                    "found " + length + " characters, expected " + MIN_PASSWORD + " to " + MAX_PASSWORD);
        }
    }
}
