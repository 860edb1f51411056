package io.github.printer2mqtt.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A secret text. It may be held anywhere; an architecture test lists the packages that may call {@link #reveal()}.
 */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    public static Secret of(String text) {
        return new Secret(text);
    }

    /** The secret of a text; null for null. */
    public static @Nullable Secret ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /** The text itself, only for sending it to the peer that it belongs to. */
    public String reveal() {
        return text;
    }

    /** Compares in constant time. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(digest(text), digest(candidate));
    }

    private static byte[] digest(String text) {
        return Sha256.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && matches(secret.text);
    }

    @Override
    public int hashCode() {
        return 1;
    }

    /** Shows nothing, not even the length. */
    @Override
    public String toString() {
        return "***";
    }
}
