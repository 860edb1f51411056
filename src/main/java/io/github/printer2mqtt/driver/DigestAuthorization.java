package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.text.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Authorizes requests for one challenge as long as its nonce is valid. Not thread-safe.
 *
 * <p>Without qop this is exactly RFC 2069: PrusaLink's firmware rejects the later form, and older versions also its parameters.
 */
public final class DigestAuthorization {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DigestChallenge challenge;
    private final String username;
    private final Secret password;
    private final String cnonce;
    private int count;

    DigestAuthorization(DigestChallenge challenge, String username, Secret password, String cnonce) {
        this.challenge = challenge;
        this.username = username;
        this.password = password;
        this.cnonce = cnonce;
    }

    /** For a new challenge, with a random nonce of the client. */
    public static DigestAuthorization answering(DigestChallenge challenge, String username, Secret password) {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        return new DigestAuthorization(
                challenge, username, password, HexFormat.of().formatHex(nonce));
    }

    /**
     * The value of the {@code Authorization} header.
     *
     * @param target the request target exactly as sent
     */
    public String header(String method, String target) {
        String request = md5(method + ":" + target);
        StringBuilder header = new StringBuilder("Digest username=").append(quoted(username));
        header.append(", realm=").append(quoted(challenge.realm()));
        header.append(", nonce=").append(quoted(challenge.nonce()));
        header.append(", uri=").append(quoted(target));
        if (challenge.hasQop()) {
            count++;
            String nc = String.format(Locale.ROOT, "%08x", count);
            header.append(", cnonce=")
                    .append(quoted(cnonce))
                    .append(", nc=")
                    .append(nc)
                    .append(", qop=auth");
            header.append(", response=\"")
                    .append(md5(secret() + ":" + challenge.nonce() + ":" + nc + ":" + cnonce + ":auth:" + request))
                    .append('"');
        } else {
            header.append(", response=\"")
                    .append(md5(secret() + ":" + challenge.nonce() + ":" + request))
                    .append('"');
        }
        if (challenge.opaque() != null) {
            header.append(", opaque=").append(quoted(challenge.opaque()));
        }
        if (challenge.algorithm() != null) {
            header.append(", algorithm=").append(challenge.algorithm());
        }
        return header.toString();
    }

    private String secret() {
        String plain = md5(username + ":" + challenge.realm() + ":" + password.reveal());
        return challenge.isSession() ? md5(plain + ":" + challenge.nonce() + ":" + cnonce) : plain;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks MD5, which digests require", e);
        }
    }
}
