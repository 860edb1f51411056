package io.github.printer2mqtt.text;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one digest the house uses for comparing and pinning; every Java has it. */
public final class Sha256 {
    private Sha256() {}

    /** SHA-256 of the bytes. */
    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
