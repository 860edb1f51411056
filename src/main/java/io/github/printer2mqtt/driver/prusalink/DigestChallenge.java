package io.github.printer2mqtt.driver.prusalink;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server wants in a digest: a {@code WWW-Authenticate: Digest ...} header taken apart (RFC 7616 and, without qop,
 * RFC 2069).
 *
 * @param algorithm as the server wrote it; null if it did not
 * @param hasQop whether {@code qop=auth} is offered
 * @param opaque to be sent back as it is; null if there is none
 * @param isStale whether only the nonce was too old
 */
record DigestChallenge(
        String realm,
        String nonce,
        @Nullable String algorithm,
        boolean hasQop,
        @Nullable String opaque,
        boolean isStale) {
    private static final Pattern SCHEME = Pattern.compile("(?:^|,)\\s*Digest\\s+", Pattern.CASE_INSENSITIVE);

    /** A parameter, quoted or not, from where the last one ended; commas within quotes do not count. */
    private static final Pattern PARAMETER =
            Pattern.compile("\\G[\\s,]*([A-Za-z][\\w-]*)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*))");

    /** The first digest challenge that we can answer; null if there is none. */
    static @Nullable DigestChallenge in(List<String> headers) {
        for (String header : headers) {
            DigestChallenge challenge = parse(header);
            if (challenge != null) {
                return challenge;
            }
        }
        return null;
    }

    private static @Nullable DigestChallenge parse(String header) {
        Matcher scheme = SCHEME.matcher(header);
        if (!scheme.find()) {
            return null;
        }
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Matcher parameter = PARAMETER.matcher(header.substring(scheme.end()));
        while (parameter.find()) {
            String quoted = parameter.group(2);
            parameters.putIfAbsent(
                    parameter.group(1), quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
        }
        String realm = parameters.get("realm");
        String nonce = parameters.get("nonce");
        String algorithm = parameters.get("algorithm");
        String qop = parameters.get("qop");
        if (realm == null || nonce == null || !isKnown(algorithm) || (qop != null && !offersAuth(qop))) {
            return null;
        }
        boolean stale = "true".equalsIgnoreCase(parameters.get("stale"));
        return new DigestChallenge(realm, nonce, algorithm, qop != null, parameters.get("opaque"), stale);
    }

    private static boolean isKnown(@Nullable String algorithm) {
        return algorithm == null || algorithm.equalsIgnoreCase("MD5") || algorithm.equalsIgnoreCase("MD5-sess");
    }

    private static boolean offersAuth(String qop) {
        return List.of(qop.toLowerCase(Locale.ROOT).split("[\\s,]+")).contains("auth");
    }

    /** Whether the nonces are hashed into the secret. */
    boolean isSession() {
        return algorithm != null && algorithm.equalsIgnoreCase("MD5-sess");
    }
}
