package io.github.printer2mqtt.net.tls;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.text.QuotedText;
import io.github.printer2mqtt.text.Sha256;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of the HTTP server and its private key, which belong to each other.
 *
 * @param certificate the first one of the file, which names the server
 */
public record ServerCertificate(PemFiles files, X509Certificate certificate) {
    /** The algorithm of a signature by that of the key. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "RSASSA-PSS", "RSASSA-PSS", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    /**
     * Checks the content of the files, but not whether clients trust it: that is theirs to decide. Blocks.
     *
     * @throws IOException with a one-line message for users
     */
    public static ServerCertificate of(PemFiles files, Vertx vertx) throws IOException {
        String file = files.files().certificate();
        X509Certificate certificate = certificate(files.certificate(), file);
        PublicKey publicKey = certificate.getPublicKey();
        PrivateKey key = key(files, publicKey.getAlgorithm(), vertx);
        if (key == null || !belongTogether(publicKey, key)) {
            throw new IOException("http.tls.key: found a key in "
                    + QuotedText.of(files.files().key()) + " that does not belong to the certificate in "
                    + QuotedText.of(file) + ", expected its private key");
        }
        return new ServerCertificate(files, certificate);
    }

    /** What a server presents. */
    public KeyCertOptions options() {
        return options(files);
    }

    /** Whether clients refuse it because of its age. */
    public boolean isExpired(Instant now) {
        return certificate.getNotAfter().toInstant().isBefore(now);
    }

    /**
     * The fingerprint of a configured certificate, {@code sha256:…}, for clients that trust this one only. Does not read the
     * key. Blocks.
     *
     * @throws IOException with a one-line message for users
     */
    public static String fingerprint(BridgeConfig.Http.Tls files) throws IOException {
        String file = files.certificate();
        X509Certificate certificate = certificate(PemFiles.read("http.tls.certificate", file), file);
        try {
            return "sha256:" + HexFormat.of().formatHex(Sha256.sha256(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was decoded cannot be encoded", e);
        }
    }

    private static X509Certificate certificate(Buffer pem, String file) throws IOException {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes()))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new CertificateException("the file is empty"));
        } catch (CertificateException e) {
            throw new IOException(
                    "http.tls.certificate: found no certificate in " + QuotedText.of(file)
                            + ", expected a PEM file with one",
                    e);
        }
    }

    /** The private key of an algorithm; null if the file has one of another algorithm. */
    private static @Nullable PrivateKey key(PemFiles files, String algorithm, Vertx vertx) throws IOException {
        try {
            X509KeyManager keys =
                    (X509KeyManager) options(files).getKeyManagerFactory(vertx).getKeyManagers()[0];
            String[] aliases = keys.getServerAliases(algorithm, null);
            return aliases == null ? null : keys.getPrivateKey(aliases[0]);
        } catch (Exception e) { // thrown type of Vert.x; its message may contain lines of the file
            throw new IOException("http.tls.key: found no key in "
                    + QuotedText.of(files.files().key()) + ", expected a PEM file with one, without a password");
        }
    }

    private static PemKeyCertOptions options(PemFiles files) {
        return new PemKeyCertOptions().addCertValue(files.certificate()).addKeyValue(files.key());
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey key) {
        byte[] text = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(SIGNATURES.getOrDefault(publicKey.getAlgorithm(), "unknown"));
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
