package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.text.Sha256;
import io.netty.handler.ssl.util.SelfSignedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;

/**
 * A self-signed certificate and its key as PEM files, which may be replaced.
 *
 * @param certificate the file with the certificate
 * @param key the file with the key
 */
@SuppressWarnings("deprecation") // By now a class for tests only, as it is used here.
public record ServerKeyPair(Path certificate, Path key) {
    /** A new pair that is valid for a day. */
    public static ServerKeyPair in(Path folder) {
        ServerKeyPair files = new ServerKeyPair(folder.resolve("server.pem"), folder.resolve("server.key"));
        files.renew(Duration.ofDays(1));
        return files;
    }

    /**
     * Replaces both files by a new pair.
     *
     * @param validity from now; a negative one has expired
     * @return the certificate
     */
    public X509Certificate renew(Duration validity) {
        SelfSignedCertificate created = create(validity);
        try {
            Files.copy(created.certificate().toPath(), certificate, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(created.privateKey().toPath(), key, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            created.delete();
        }
        return created.cert();
    }

    private static SelfSignedCertificate create(Duration validity) {
        Instant end = Instant.now().plus(validity);
        try {
            return new SelfSignedCertificate(
                    "printer2mqtt.test", Date.from(end.minus(Duration.ofDays(9))), Date.from(end), "EC", 256);
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The fingerprint of a certificate: {@code sha256:} and hex digits. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return "sha256:" + HexFormat.of().formatHex(Sha256.sha256(certificate.getEncoded()));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
