package io.github.printer2mqtt.simulator.ultimaker;

import io.github.printer2mqtt.simulator.server.DigestAuthorization;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;

/** Digest authentication by RFC 2617 with {@code qop=auth} and one nonce. */
final class DigestGuard {
    private static final String REALM = "Jedi-API";
    private static final String NONCE = "0123456789abcdef";

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
        DigestAuthorization sent = DigestAuthorization.of(request);
        return sent != null
                && id.equals(sent.get("username"))
                && NONCE.equals(sent.get("nonce"))
                && sent.isValidRfc2617(request, id, REALM, key);
    }
}
