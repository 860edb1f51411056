package io.github.printer2mqtt.model.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token of a program, without the token itself.
 *
 * @param id identifies it for an administrator
 * @param name what it is for
 * @param scopes the rights that it was given
 * @param expiresAt null for never
 */
public record ApiToken(
        String id,
        String name,
        Set<Right> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt) {
    public ApiToken {
        scopes = Set.copyOf(scopes);
    }

    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
