package io.github.printer2mqtt.simulator.tls;

import io.github.printer2mqtt.text.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A certificate of a simulated printer or of its authority.
 *
 * @param key that the certificate belongs to
 */
public record SimulatedCertificate(X509Certificate certificate, PrivateKey key) {
    /** As registrations have it, {@code sha256:…}. */
    public String fingerprint() {
        return "sha256:" + HexFormat.of().formatHex(Sha256.sha256(encoded()));
    }

    /** The certificate as text for a file. */
    public String pem() {
        return pem("CERTIFICATE", encoded());
    }

    /** For a server with this certificate. */
    public PemKeyCertOptions serverOptions() {
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(pem()))
                .addKeyValue(Buffer.buffer(pem("PRIVATE KEY", key.getEncoded())));
    }

    private byte[] encoded() {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SimulatedCertificate[" + certificate.getSubjectX500Principal().getName() + ']';
    }
}
