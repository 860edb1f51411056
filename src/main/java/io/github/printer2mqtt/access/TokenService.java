package io.github.printer2mqtt.access;

import io.github.printer2mqtt.access.AccessException.Code;
import io.github.printer2mqtt.model.access.ApiToken;
import io.github.printer2mqtt.model.access.Right;
import io.github.printer2mqtt.persistence.AccessRepository;
import io.github.printer2mqtt.persistence.AccessRepository.StoredToken;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.Secret;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates and revokes tokens of programs. Futures fail with an {@link AccessException}. Thread-safe. */
public final class TokenService {
    /** Lets people and scanners recognise a token that was published by mistake. */
    private static final String PREFIX = "p2m_";

    private static final int MAX_TOKENS = 200;
    private static final int MAX_NAME = 64;

    private final AccessState state;
    private final AccessRepository repository;
    private final InstantSource clock;

    TokenService(AccessState state, AccessRepository repository, InstantSource clock) {
        this.state = state;
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * A created token.
     *
     * @param secret the token itself, which is known at this moment only
     */
    public record NewToken(ApiToken token, Secret secret) {}

    /** All tokens, the oldest first. */
    public List<ApiToken> all() {
        state.requireLoaded();
        return state.tokens().stream()
                .map(StoredToken::token)
                .sorted(Comparator.comparing(ApiToken::createdAt).thenComparing(ApiToken::id))
                .toList();
    }

    /**
     * Creates a token.
     *
     * @param scopes at least one
     * @param expiresAt in the future; null for never
     */
    public Future<NewToken> create(String name, Set<Right> scopes, @Nullable Instant expiresAt) {
        String checked = checkedName(name);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw AccessException.ofField(
                    Code.INVALID_FIELD, "expires_at", "found " + expiresAt + ", expected a time in the future");
        }
        Secret secret = Secret.of(PREFIX + RandomText.id().reveal());
        String id = HexFormat.of().formatHex(RandomText.bytes(6));
        StoredToken stored =
                new StoredToken(RandomText.hash(secret.reveal()), new ApiToken(id, checked, scopes, now, expiresAt));
        return state.change(() -> {
            state.requireLoaded();
            if (state.tokens().size() >= MAX_TOKENS) {
                throw AccessException.of(
                        Code.INVALID_FIELD, MAX_TOKENS + " tokens exist, which is the maximum; revoke one first");
            }
            return UserService.stored(() -> repository.saveToken(stored)).map(saved -> {
                state.put(stored);
                return new NewToken(stored.token(), secret);
            });
        });
    }

    /** Revokes a token, by its id. */
    public Future<Void> revoke(String id) {
        return state.change(() -> {
            state.requireLoaded();
            StoredToken found = state.tokens().stream()
                    .filter(each -> each.token().id().equals(id))
                    .findFirst()
                    .orElseThrow(
                            () -> AccessException.of(Code.TOKEN_NOT_FOUND, "no token has the id " + QuotedText.of(id)));
            return UserService.stored(() -> repository.deleteToken(found.hash()))
                    .onSuccess(deleted -> {
                        state.removeToken(found.hash());
                        state.ended();
                    });
        });
    }

    private static String checkedName(String name) {
        String stripped = name.strip();
        boolean isPrintable = stripped.codePoints()
                .noneMatch(point -> Character.isISOControl(point)
                        || Character.getType(point) == Character.FORMAT
                        || Character.getType(point) == Character.LINE_SEPARATOR
                        || Character.getType(point) == Character.PARAGRAPH_SEPARATOR);
        if (stripped.isEmpty() || stripped.length() > MAX_NAME || !isPrintable) {
            throw AccessException.ofField(
                    Code.INVALID_FIELD,
                    "name",
                    "found " + QuotedText.of(name) + ", expected 1 to " + MAX_NAME + " characters");
        }
        return stripped;
    }
}
