package io.github.printer2mqtt.access;

import io.github.printer2mqtt.access.AccessException.Code;
import io.github.printer2mqtt.model.access.Role;
import io.github.printer2mqtt.model.access.User;
import io.github.printer2mqtt.persistence.AccessRepository;
import io.github.printer2mqtt.persistence.AccessRepository.StoredSession;
import io.github.printer2mqtt.persistence.AccessRepository.StoredUser;
import io.github.printer2mqtt.text.IpLiteral;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens and ends sessions, and creates the first administrator. Futures fail with an {@link AccessException}. Thread-safe. */
public final class LoginService {
    /** From the login; a session is not prolonged. */
    public static final Duration SESSION_LIFETIME = Duration.ofDays(30);

    /** The oldest one of the same user ends when there are more. */
    private static final int MAX_SESSIONS = 20;

    private static final String SETUP = "setup";

    private final AccessState state;
    private final AccessRepository repository;
    private final UserService users;
    private final PasswordHasher hasher;
    private final Authenticator authenticator;
    private final InstantSource clock;
    private final AttemptLimiter byAddress;
    private final AttemptLimiter byUser;

    /** Guessing it would take centuries at one attempt in ten seconds, from however many addresses. */
    private final AttemptLimiter bySetup;

    private final Secret setupCode = Secret.of(RandomText.code());

    LoginService(
            AccessState state,
            AccessRepository repository,
            UserService users,
            PasswordHasher hasher,
            Authenticator authenticator,
            InstantSource clock,
            LongSupplier nanos) {
        this.state = state;
        this.repository = repository;
        this.users = users;
        this.hasher = hasher;
        this.authenticator = authenticator;
        this.clock = clock;
        this.byAddress = new AttemptLimiter(20, Duration.ofSeconds(10), nanos);
        this.byUser = new AttemptLimiter(10, Duration.ofSeconds(30), nanos);
        this.bySetup = new AttemptLimiter(20, Duration.ofSeconds(10), nanos);
    }

    /** @param id the text for the cookie, which is known at this moment only */
    public record NewSession(Secret id, Principal principal) {}

    /** The code that {@link #setUp} needs; null if it would be refused. Shown in the log and nowhere else. */
    public @Nullable String setupCode() {
        return authenticator.isSetupRequired() ? setupCode.reveal() : null;
    }

    /** Opens a session. The answer takes equally long whether the user exists or not. */
    public Future<NewSession> login(String address, String name, Secret password) {
        state.requireLoaded();
        String user = User.normalize(name);
        String network = network(address);
        limit(byAddress.tryAcquire(network));
        limit(byUser.tryAcquire(user));
        StoredUser known = state.user(user);
        return hasher.matches(password, known == null ? null : known.password()).compose(matches -> {
            if (known == null || !matches) {
                return Future.failedFuture(
                        AccessException.of(Code.LOGIN_FAILED, "the user name or the password is wrong"));
            }
            byAddress.giveBack(network);
            byUser.giveBack(user);
            return open(known);
        });
    }

    /** Creates the first administrator and opens a session. */
    public Future<NewSession> setUp(String address, String code, String name, Secret password) {
        checkSetUp();
        String network = network(address);
        limit(byAddress.tryAcquire(network));
        limit(bySetup.tryAcquire(SETUP));
        if (!setupCode.matches(code.strip().toUpperCase(Locale.ROOT))) {
            throw AccessException.ofField(
                    Code.SETUP_CODE_WRONG, "code", "expected the code that the log of the bridge shows at its start");
        }
        byAddress.giveBack(network);
        bySetup.giveBack(SETUP);
        return users.create(name, Role.ADMIN, password, this::checkSetUp)
                .compose(created -> open(state.user(created.name())));
    }

    private void checkSetUp() {
        if (!authenticator.isSetupRequired()) {
            throw AccessException.of(Code.SETUP_DONE, "this bridge needs no setup; log in");
        }
    }

    /**
     * Gives the user of a session another password. The other sessions of the user end. Wrong passwords count as wrong logins.
     *
     * @param principal of a session
     */
    public Future<Void> changePassword(String address, Principal principal, Secret current, Secret password) {
        UserService.checkPassword(password);
        StoredUser user = state.user(principal.name());
        String network = network(address);
        limit(byAddress.tryAcquire(network));
        limit(byUser.tryAcquire(principal.name()));
        return hasher.matches(current, user == null ? null : user.password()).compose(matches -> {
            if (user == null || !matches) {
                return Future.failedFuture(AccessException.ofField(
                        Code.WRONG_PASSWORD, "current_password", "expected the current password of the user"));
            }
            byAddress.giveBack(network);
            byUser.giveBack(principal.name());
            return users.changePassword(user, password, principal.key());
        });
    }

    /** Ends a session. It has ended even if this could not be stored; it would return with a restart then. */
    public Future<Void> logout(Principal principal) {
        return state.change(() -> {
            state.removeSession(principal.key());
            state.ended();
            return UserService.stored(() -> repository.deleteSession(principal.key()));
        });
    }

    private Future<NewSession> open(@Nullable StoredUser user) {
        return state.change(() -> {
            if (user == null || !user.equals(state.user(user.user().name()))) {
                // Removed or changed while the password was checked.
                throw AccessException.of(Code.LOGIN_FAILED, "the user name or the password is wrong");
            }
            String name = user.user().name();
            Secret id = RandomText.id();
            String hash = RandomText.hash(id.reveal());
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            StoredSession session = new StoredSession(hash, name, now.plus(SESSION_LIFETIME));
            List<String> ended = endedBy(name, now);
            return UserService.stored(() -> repository.saveSession(session, ended))
                    .map(saved -> {
                        state.put(session);
                        ended.forEach(state::removeSession);
                        state.ended();
                        return new NewSession(
                                id,
                                new Principal(
                                        Principal.Kind.SESSION,
                                        name,
                                        user.user().role().rights(),
                                        hash));
                    });
        });
    }

    /** All expired sessions, and the oldest ones of a user who has too many. */
    private List<String> endedBy(String user, Instant now) {
        Stream<StoredSession> expired = state.sessions().stream().filter(session -> !now.isBefore(session.expiresAt()));
        Stream<StoredSession> surplus = state.sessionsOf(user).stream()
                .sorted(Comparator.comparing(StoredSession::expiresAt).reversed())
                .skip(MAX_SESSIONS - 1);
        return Stream.concat(expired, surplus)
                .map(StoredSession::hash)
                .distinct()
                .toList();
    }

    private static void limit(@Nullable Duration wait) {
        if (wait != null) {
            long seconds = wait.plusMillis(999).toSeconds();
            throw AccessException.later(
                    Code.TOO_MANY_ATTEMPTS,
                    "too many wrong attempts; try again in " + seconds + " s",
                    Duration.ofSeconds(seconds));
        }
    }

    /** One client has many IPv6 addresses, usually all those of a /64. */
    private static String network(String address) {
        InetAddress parsed = IpLiteral.parse(address);
        byte[] bytes = parsed == null ? new byte[0] : parsed.getAddress();
        return bytes.length == 16 ? HexFormat.of().formatHex(bytes, 0, 8) : address;
    }
}
