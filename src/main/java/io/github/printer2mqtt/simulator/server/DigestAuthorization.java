package io.github.printer2mqtt.simulator.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of an {@code Authorization: Digest} header, with MD5. */
public final class DigestAuthorization {
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z]+)=(?:\"([^\"]*)\"|([^\\s,]+))");

    private final Map<String, String> parameters;

    private DigestAuthorization(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** Parses the header; null if the request has none with this scheme. */
    public static @Nullable DigestAuthorization of(SimulatedRequest request) {
        String header = request.header("authorization");
        if (header == null || !header.regionMatches(true, 0, "Digest ", 0, 7)) {
            return null;
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header.substring(7));
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return new DigestAuthorization(parameters);
    }

    /** A parameter; empty if it is missing. */
    public String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** Whether the response is valid by RFC 2069: no qop, no session. */
    public boolean isValidRfc2069(SimulatedRequest request, String user, String realm, String password) {
        return isValid(request, md5(user + ':' + realm + ':' + password), get("nonce"));
    }

    /** Whether the response is valid by RFC 2617 with {@code qop=auth}. */
    public boolean isValidRfc2617(SimulatedRequest request, String user, String realm, String password) {
        return isValid(
                request,
                md5(user + ':' + realm + ':' + password),
                String.join(":", get("nonce"), get("nc"), get("cnonce"), "auth"));
    }

    private boolean isValid(SimulatedRequest request, String secret, String nonces) {
        String resource = md5(request.method() + ':' + request.target());
        return get("uri").equals(request.target())
                && get("response").equals(md5(secret + ':' + nonces + ':' + resource));
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
