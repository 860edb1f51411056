package io.github.printer2mqtt.persistence.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts single texts of a database with AES-GCM (NIST SP 800-38D). The result is the id of the key, a colon, and in
 * base64 a random nonce, the encrypted text and its tag. Thread-safe.
 *
 * <p>A text decrypts only at the place it was encrypted for, so nobody who can write the database can give the credentials
 * of one printer to another one, whose host would receive them.
 */
public final class FieldCipher {
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String keyId;
    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    public FieldCipher(EncryptionKey key) {
        this.keyId = key.id();
        this.key = key.secretKey();
    }

    /**
     * A cipher that has worked once, so that a Java without the algorithm fails at the start, and the first registration
     * does not wait until it is loaded. Blocks.
     */
    public static FieldCipher tested(EncryptionKey key) {
        FieldCipher cipher = new FieldCipher(key);
        try {
            cipher.decrypt("test", cipher.encrypt("test", "test"));
        } catch (UndecryptableException e) {
            throw new IllegalStateException("this Java does not decrypt what it encrypted", e);
        }
        return cipher;
    }

    /** The id of the key. */
    public String keyId() {
        return keyId;
    }

    /** @param place names table, column and row */
    public String encrypt(String place, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] result = new byte[NONCE_BYTES + bytes.length + TAG_BITS / Byte.SIZE];
        System.arraycopy(nonce, 0, result, 0, NONCE_BYTES);
        try {
            cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(bytes, 0, bytes.length, result, NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot encrypt with " + ALGORITHM, e);
        }
        return keyId + ":" + Base64.getEncoder().encodeToString(result);
    }

    /** @throws UndecryptableException if the text was changed, or encrypted with another key or for another place */
    public String decrypt(String place, String encrypted) throws UndecryptableException {
        if (!encrypted.startsWith(keyId + ":")) {
            throw new UndecryptableException("it was not encrypted with the key " + keyId);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(encrypted.substring(keyId.length() + 1));
            if (bytes.length < NONCE_BYTES) {
                throw new UndecryptableException("it is too short");
            }
            byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
            byte[] text =
                    cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UndecryptableException("it was changed or belongs to something else");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((keyId + "\n" + place).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** A stored text cannot be decrypted; the message says why. */
    public static final class UndecryptableException extends Exception {
        private static final long serialVersionUID = 1L;

        private UndecryptableException(String message) {
            super(message);
        }
    }
}
