package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.text.Sha256;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as Bambu Lab's printers have it, created by openssl: version 1, without other names, its subject the serial number,
 * signed by an authority of its own.
 *
 * @param ca the authority's certificate, PEM
 * @param certificate the printer's, PEM
 * @param key the printer's key, PEM
 */
public record BambuCertificates(Path ca, Path certificate, Path key) {
    private static @Nullable BambuCertificates shared;

    /** Of the simulated printer, created once for all tests; skips the test if openssl is not installed. */
    public static synchronized BambuCertificates shared() {
        BambuCertificates known = shared;
        if (known == null) {
            try {
                Path folder = Files.createTempDirectory("bambu");
                folder.toFile().deleteOnExit();
                known = in(folder, SimulatedBambu.SERIAL);
                for (File file : Objects.requireNonNull(folder.toFile().listFiles())) {
                    file.deleteOnExit();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            shared = known;
        }
        return known;
    }

    private static BambuCertificates in(Path folder, String serial) {
        String openssl = Peers.program("openssl").toString();
        String ca = folder.resolve(serial + "-ca.pem").toString();
        String caKey = folder.resolve(serial + "-ca.key").toString();
        String key = folder.resolve(serial + ".key").toString();
        String request = folder.resolve(serial + ".csr").toString();
        String certificate = folder.resolve(serial + ".pem").toString();
        Mosquitto.run(List.of(
                openssl,
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/C=CN/CN=BBL CA",
                "-keyout",
                caKey,
                "-out",
                ca));
        Mosquitto.run(List.of(
                openssl,
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=" + serial,
                "-keyout",
                key,
                "-out",
                request));
        Mosquitto.run(List.of(
                openssl,
                "x509",
                "-req",
                "-in",
                request,
                "-CA",
                ca,
                "-CAkey",
                caKey,
                "-CAcreateserial",
                "-days",
                "2",
                "-out",
                certificate));
        return new BambuCertificates(Path.of(ca), Path.of(certificate), Path.of(key));
    }

    public X509Certificate authority() {
        return read(ca);
    }

    public X509Certificate printer() {
        return read(certificate);
    }

    /** Of the printer's certificate, as registrations have it. */
    public String fingerprint() {
        try {
            return "sha256:" + HexFormat.of().formatHex(Sha256.sha256(printer().getEncoded()));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    PemKeyCertOptions keyCert() {
        return new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
    }

    private static X509Certificate read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
