package io.github.printer2mqtt.net.mqtt.client;

import io.github.printer2mqtt.net.mqtt.client.ConnectFailure.Kind;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Map;

/** Translates failed TLS handshakes of MQTT into failures with a text for users. */
final class TlsErrorTexts {
    private static final String ALERT = "Received fatal alert: ";

    /** Alerts about the certificate of a client, as JSSE names them. Source: RFC 8446, section 6.2. */
    private static final Map<String, String> CLIENT_CERTIFICATE_ALERTS = Map.of(
            "certificate_required", "the broker requires a client certificate",
            "unknown_ca", "the broker does not trust the authority of the client certificate",
            "certificate_expired", "the broker refuses the client certificate because it has expired",
            "certificate_revoked", "the broker refuses the client certificate because it was revoked",
            "bad_certificate", "the broker refuses the client certificate or requires one",
            "certificate_unknown", "the broker refuses the client certificate",
            "unsupported_certificate", "the broker does not support the kind of the client certificate",
            "access_denied", "the broker grants the client certificate no access",
            "handshake_failure",
                    "the broker requires a client certificate or has no encryption in common with this bridge");

    private static final Map<String, String> OTHER_ALERTS = Map.of(
            "protocol_version", "the broker has no TLS version in common with this bridge, which speaks 1.2 and 1.3",
            "unrecognized_name", "the broker has no certificate for this host");

    private TlsErrorTexts() {}

    /** @param root the innermost cause of the failure */
    static ConnectFailure failure(Throwable root) {
        String message = MqttErrorTexts.oneLine(root);
        if (message.startsWith(ALERT)) {
            String alert = message.substring(ALERT.length());
            String ofClient = CLIENT_CERTIFICATE_ALERTS.get(alert);
            return ofClient == null
                    ? failure(Kind.TLS, OTHER_ALERTS.getOrDefault(alert, message))
                    : failure(Kind.CLIENT_CERTIFICATE, ofClient + " (" + alert + ")");
        }
        if (root instanceof CertPathBuilderException || root instanceof CertPathValidatorException) {
            return failure(
                    Kind.UNTRUSTED, "the certificate of the broker is not signed by a trusted authority: " + message);
        }
        if (root instanceof CertificateExpiredException || root instanceof CertificateNotYetValidException) {
            return failure(Kind.TLS, "the certificate of the broker is not valid now: " + message);
        }
        if (message.startsWith("No subject alternative ") || message.startsWith("No name matching ")) {
            return failure(Kind.TLS, "the certificate of the broker is for another host: " + message);
        }
        return failure(Kind.TLS, message);
    }

    private static ConnectFailure failure(Kind kind, String text) {
        return new ConnectFailure(kind, "no trusted TLS connection: " + text);
    }
}
