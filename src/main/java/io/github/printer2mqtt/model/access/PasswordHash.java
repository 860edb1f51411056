package io.github.printer2mqtt.model.access;

/**
 * What is kept of a password: PBKDF2 with HMAC-SHA-512.
 *
 * @param iterations of this hash, which later versions may raise for new ones
 * @param salt base64
 * @param hash base64
 */
public record PasswordHash(int iterations, String salt, String hash) {
    /** A hash can be tried offline, so it is not shown either. */
    @Override
    public String toString() {
        return "***";
    }
}
