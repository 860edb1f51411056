package io.github.printer2mqtt.driver.bambu;

import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * The public certificates of Bambu Lab's authorities: the root of the printers until 2025, and the authorities of P2S, H2C and X2D. Other
 * models may have newer ones; their certificates are trusted by fingerprint.
 */
final class BambuAuthorities {
    private static final String FILE = "/bambu/authorities.pem";

    private BambuAuthorities() {}

    static List<X509Certificate> all() {
        try (InputStream file = BambuAuthorities.class.getResourceAsStream(FILE)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(Objects.requireNonNull(file, FILE))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException("the built-in certificates cannot be read", e);
        }
    }
}
