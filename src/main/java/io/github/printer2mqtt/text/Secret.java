package io.github.printer2mqtt.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that goes in and never comes out. It may be held anywhere; {@link #reveal()} is called only in the rooms net,
 * driver, registry, mqtt and http, which an architecture test holds.
 */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    public static Secret of(String text) {
        return new Secret(text);
    }

    /** The text itself, for the one place that hands it to the peer it belongs to. */
    public String reveal() {
        return text;
    }

    /** Compares in a time that does not depend on where the texts differ. */
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
