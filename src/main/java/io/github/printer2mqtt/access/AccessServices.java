package io.github.printer2mqtt.access;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.persistence.AccessRepository;
import io.github.printer2mqtt.persistence.AuditRepository;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of this package. Nobody has access before {@link #load}, except with the token of the configuration. */
public final class AccessServices {
    private static final Logger LOG = LoggerFactory.getLogger(AccessServices.class);

    /** For PBKDF2 with SHA-512, recommended by OWASP's Password Storage Cheat Sheet of 2023. */
    public static final int PASSWORD_ITERATIONS = 210_000;

    private final AccessRepository repository;
    private final AccessState state = new AccessState();
    private final Authenticator authenticator;
    private final LoginService login;
    private final UserService users;
    private final TokenService tokens;
    private final AuditLog audit;

    /**
     * @param clock for timestamps and expiry
     * @param nanos monotonic, for limits
     * @param passwordIterations of new password hashes; only tests use fewer than {@link #PASSWORD_ITERATIONS}
     */
    public AccessServices(
            Vertx vertx,
            BridgeConfig.Http config,
            AccessRepository repository,
            AuditRepository auditRepository,
            InstantSource clock,
            LongSupplier nanos,
            int passwordIterations) {
        this.repository = repository;
        PasswordHasher hasher = new PasswordHasher(vertx, passwordIterations);
        authenticator = new Authenticator(config, state, clock);
        users = new UserService(state, repository, hasher, clock);
        login = new LoginService(state, repository, users, hasher, authenticator, clock, nanos);
        tokens = new TokenService(state, repository, clock);
        audit = new AuditLog(auditRepository, clock);
    }

    /** Reads users, sessions and tokens, and logs the setup code if it is needed. */
    public Future<Void> load() {
        return repository.load().map(stored -> {
            state.set(stored);
            String code = login.setupCode();
            if (code != null) {
                // Not as a warning, which would be published at the broker.
                LOG.info("there is no user yet: open the page and create the administrator with the code {}", code);
            }
            return null;
        });
    }

    public Authenticator authenticator() {
        return authenticator;
    }

    public LoginService login() {
        return login;
    }

    public UserService users() {
        return users;
    }

    public TokenService tokens() {
        return tokens;
    }

    public AuditLog audit() {
        return audit;
    }
}
