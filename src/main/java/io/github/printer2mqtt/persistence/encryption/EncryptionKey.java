package io.github.printer2mqtt.persistence.encryption;

import io.github.printer2mqtt.text.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A key of 256 bits. Only its id may be shown. */
public final class EncryptionKey {
    /** The form of a key as text, for messages. */
    public static final String EXPECTED = "64 hexadecimal digits";

    private static final int BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final String ID_LABEL = "printer2mqtt key id";

    private final byte[] bytes;
    private final String id;

    private EncryptionKey(byte[] bytes) {
        this.bytes = bytes;
        this.id = id(bytes);
    }

    public static EncryptionKey random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new EncryptionKey(bytes);
    }

    /** The key of a text that the configuration has checked. */
    static EncryptionKey of(Secret text) {
        return Objects.requireNonNull(parse(text.reveal()), EXPECTED);
    }

    /** The key of a text; null if it is none. */
    public static @Nullable EncryptionKey parse(String text) {
        try {
            return text.length() == 2 * BYTES ? new EncryptionKey(HexFormat.of().parseHex(text)) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Tells keys apart without revealing anything about them: 16 hexadecimal digits. */
    public String id() {
        return id;
    }

    /** The key as text, for its file only. */
    String text() {
        return HexFormat.of().formatHex(bytes);
    }

    SecretKey secretKey() {
        return new SecretKeySpec(bytes, "AES");
    }

    private static String id(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] code = mac.doFinal(ID_LABEL.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(Arrays.copyOf(code, ID_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC with SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
