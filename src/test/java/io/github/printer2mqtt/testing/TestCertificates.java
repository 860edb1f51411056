package io.github.printer2mqtt.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A certificate authority and a certificate for 127.0.0.1, created by openssl.
 *
 * @param ca the authority's certificate, PEM
 * @param certificate the server's, PEM
 * @param key the server's key, PEM
 */
public record TestCertificates(Path ca, Path certificate, Path key) {
    /** Creates certificates in a folder; skips the test if openssl is not installed. */
    public static TestCertificates in(Path folder) {
        String openssl = Peers.program("openssl").toString();
        Path caKey = folder.resolve("ca.key");
        Path ca = folder.resolve("ca.pem");
        Path key = folder.resolve("server.key");
        Path request = folder.resolve("server.csr");
        Path certificate = folder.resolve("server.pem");
        Path names = folder.resolve("names");
        try {
            Files.writeString(names, "subjectAltName=IP:127.0.0.1\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String subject = "/CN=printer2mqtt test ";
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
                subject + "authority",
                "-keyout",
                caKey.toString(),
                "-out",
                ca.toString()));
        Mosquitto.run(List.of(
                openssl,
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                subject + "broker",
                "-keyout",
                key.toString(),
                "-out",
                request.toString()));
        Mosquitto.run(List.of(
                openssl,
                "x509",
                "-req",
                "-in",
                request.toString(),
                "-CA",
                ca.toString(),
                "-CAkey",
                caKey.toString(),
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                names.toString(),
                "-out",
                certificate.toString()));
        return new TestCertificates(ca, certificate, key);
    }
}
