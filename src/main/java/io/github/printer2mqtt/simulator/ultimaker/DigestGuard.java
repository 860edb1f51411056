package io.github.printer2mqtt.simulator.ultimaker;

import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Digest authentication by RFC 2617 with {@code qop=auth} and one nonce. */
final class DigestGuard {
    private static final String REALM = "Jedi-API";
    private static final String NONCE = "0123456789abcdef";
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z]+)=(?:\"([^\"]*)\"|([^\\s,]+))");

    private final String id;
    private final String key;

    DigestGuard(String id, String key) {
        this.id = id;
        this.key = key;
    }

    String challenge() {
        return "WWW-Authenticate: Digest realm=\"" + REALM + "\", nonce=\"" + NONCE + "\", qop=\"auth\"";
    }

    boolean admits(SimulatedRequest request) {
        Map<String, String> sent = parameters(request.headers().getOrDefault("authorization", ""));
        String first = md5(id + ":" + REALM + ":" + key);
        String second = md5(request.method() + ":" + request.target());
        String expected = md5(String.join(
                ":", first, NONCE, sent.getOrDefault("nc", ""), sent.getOrDefault("cnonce", ""), "auth", second));
        return id.equals(sent.get("username"))
                && NONCE.equals(sent.get("nonce"))
                && request.target().equals(sent.get("uri"))
                && expected.equals(sent.get("response"));
    }

    private static Map<String, String> parameters(String header) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return parameters;
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no MD5", e);
        }
    }
}
