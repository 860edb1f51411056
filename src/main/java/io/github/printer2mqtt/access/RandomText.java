package io.github.printer2mqtt.access;

import io.github.printer2mqtt.text.Secret;
import io.github.printer2mqtt.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes ids that cannot be guessed, and their hashes. They have 256 bits, so a plain SHA-256 cannot be searched. */
final class RandomText {
    /** Without letters that look like digits. */
    private static final String CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    static Secret id() {
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32)));
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** A code to type, of twelve letters and digits in three groups: 58 bits. */
    static String code() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            code.append(i > 0 && i % 4 == 0 ? "-" : "");
            code.append(CODE_LETTERS.charAt(RANDOM.nextInt(CODE_LETTERS.length())));
        }
        return code.toString();
    }

    /** Under which a session or token is stored. */
    static String hash(String text) {
        return HexFormat.of().formatHex(Sha256.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }
}
