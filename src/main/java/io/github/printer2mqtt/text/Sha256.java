package io.github.printer2mqtt.text;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest for comparing secrets and pinning certificates. */
public final class Sha256 {
    private Sha256() {}

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
