package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.cli.CliContext;
import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.cli.command.CommandLineInterface;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.ServerKeyPair;
import io.github.printer2mqtt.testing.TestCertificates;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line and a bridge whose API is encrypted. */
@Timeout(120)
class EncryptedApiTest {
    private final int port = Ports.free();
    private final String url = "https://127.0.0.1:" + port;

    @TempDir
    private Path folder;

    @Test
    void commandsTrustTheConfiguredCertificate() throws IOException {
        ServerKeyPair pair = ServerKeyPair.in(folder);
        JsonObject configuration = configuration(pair.certificate(), pair.key());
        RunningBridge bridge = RunningBridge.start(configuration);
        try {
            String config = Files.writeString(folder.resolve("config.json"), configuration.encode())
                    .toString();

            assertThat(run("health", "--config", config)).startsWith("0 ready");

            String renewed = ServerKeyPair.fingerprint(pair.renew(Duration.ofDays(2)));
            assertThat(run("health", "--config", config))
                    .isEqualTo("4 printer2mqtt: cannot trust the certificate of " + url + ": its fingerprint is not "
                            + renewed + "\n");
            Files.delete(pair.certificate());
            assertThat(run("health", "--config", config))
                    .startsWith("2 printer2mqtt: http.tls.certificate: found \"" + pair.certificate() + "\", expected");
        } finally {
            bridge.close();
        }
    }

    @Test
    void commandsTrustAnAuthorityOrAFingerprint() throws Exception {
        TestCertificates files = TestCertificates.in(folder);
        RunningBridge bridge = RunningBridge.start(configuration(files.certificate(), files.key()));
        try {
            assertThat(run("health", "--url", url))
                    .startsWith("4 printer2mqtt: cannot trust the certificate of " + url + " (")
                    .endsWith("); name its authority with --ca, or its fingerprint with --fingerprint\n");
            assertThat(run("health", "--url", url, "--ca", files.ca().toString()))
                    .startsWith("0 ready");
            String name = "https://localhost:" + port;
            assertThat(run("health", "--url", name, "--ca", files.ca().toString()))
                    .startsWith("4 printer2mqtt: cannot trust the certificate of " + name);

            // As "openssl x509 -fingerprint -sha256" prints it.
            String fingerprint = fingerprint(files.certificate()).toUpperCase(Locale.ROOT);
            String colons = fingerprint.substring(7).replaceAll("(..)(?!$)", "$1:");
            assertThat(run("health", "--url", name, "--fingerprint", colons)).startsWith("0 ready");
            assertThat(run("health", "--url", url, "--fingerprint", "sha256:" + "0f".repeat(32)))
                    .endsWith(": its fingerprint is not sha256:" + "0f".repeat(32) + "\n");
            assertThat(run("health", "--url", url, "--fingerprint", "ab:cd"))
                    .isEqualTo("2 printer2mqtt: --fingerprint: found \"ab:cd\", expected \"sha256:\" and 64 hexadecimal"
                            + " digits\n");
            assertThat(run("health", "--url", url, "--ca", files.key().toString()))
                    .isEqualTo("2 printer2mqtt: --ca: found no certificate in \"" + files.key()
                            + "\", expected a PEM file with one\n");
        } finally {
            bridge.close();
        }
    }

    @Test
    void bridgeDoesNotStartWithoutItsCertificate() {
        JsonObject configuration = configuration(folder.resolve("none.pem"), folder.resolve("none.key"));

        assertThatThrownBy(() -> RunningBridge.start(configuration))
                .isInstanceOf(StartException.class)
                .hasMessage("http.tls.certificate: found \"" + folder.resolve("none.pem")
                        + "\", expected a readable PEM file");
    }

    private JsonObject configuration(Path certificate, Path key) {
        JsonObject configuration = RunningBridge.configuration(folder);
        configuration
                .getJsonObject("http")
                .put("port", port)
                .put(
                        "tls",
                        new JsonObject()
                                .put("certificate", certificate.toString())
                                .put("key", key.toString()));
        return configuration;
    }

    private static String fingerprint(Path certificate) throws Exception {
        try (var in = Files.newInputStream(certificate)) {
            return ServerKeyPair.fingerprint(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
    }

    /** Exit code, output and errors of a command. */
    private String run(String... arguments) {
        StringWriter out = new StringWriter();
        CliContext context = Main.context(
                Map.of(),
                folder.resolve("missing.json"),
                new PrintWriter(out),
                new PrintWriter(out),
                new BridgeLauncher(reason -> {}));
        return new CommandLineInterface(context).run(arguments) + " " + out;
    }
}
