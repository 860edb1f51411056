package io.github.printer2mqtt.driver;

import io.github.printer2mqtt.net.http.AuthChallenge;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A challenge of the header {@code WWW-Authenticate: Digest ...} (RFC 7616 and, without qop, RFC 2069).
 *
 * @param algorithm as the server spells it; null if absent
 * @param hasQop whether {@code qop=auth} is offered
 * @param opaque to be returned unchanged; null if absent
 * @param isStale whether only the nonce had expired
 */
public record DigestChallenge(
        String realm,
        String nonce,
        @Nullable String algorithm,
        boolean hasQop,
        @Nullable String opaque,
        boolean isStale) {
    /** The first supported digest challenge; null if there is none. */
    public static @Nullable DigestChallenge in(List<String> headers) {
        for (AuthChallenge challenge : AuthChallenge.in(headers)) {
            DigestChallenge digest = challenge.scheme().equals("digest") ? of(challenge.parameters()) : null;
            if (digest != null) {
                return digest;
            }
        }
        return null;
    }

    private static @Nullable DigestChallenge of(Map<String, String> parameters) {
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
    public boolean isSession() {
        return algorithm != null && algorithm.equalsIgnoreCase("MD5-sess");
    }
}
