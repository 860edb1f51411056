package io.github.printer2mqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Tls;
import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.OpenSsl;
import io.github.printer2mqtt.text.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mosquitto that requires a client certificate. */
@Timeout(90)
class MosquittoClientCertificateIT {
    private static final String PASSWORD = "canary-phrase";
    private static final String RSA = "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048";
    private static final String EC = "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256";

    @TempDir
    private Path folder;

    private OpenSsl openssl = new OpenSsl(Path.of("none"));

    @BeforeEach
    void certificates() {
        openssl = OpenSsl.in(folder);
        openssl.write("phrase", PASSWORD);
        openssl.key("broker");
        openssl.certificate("broker");
        openssl.key("me");
        openssl.certificate("me");
    }

    static Stream<Arguments> keys() {
        String encrypted = "pkcs8 -topk8 -v2 aes-256-cbc -passout file:phrase -in plain.key";
        return Stream.of(
                Arguments.of(RSA, "rsa -traditional -in plain.key"),
                Arguments.of(RSA, encrypted),
                Arguments.of(EC, "ec -in plain.key"),
                Arguments.of(EC, "pkey -in plain.key"),
                Arguments.of("genpkey -algorithm ED25519", "pkey -in plain.key"),
                Arguments.of("genpkey -algorithm ED25519", encrypted));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKindOfKeyIsAccepted(String make, String write) throws IOException {
        openssl.key("plain", make);
        Files.copy(openssl.file("plain.key"), openssl.file("me.key"), StandardCopyOption.REPLACE_EXISTING);
        openssl.certificate("me");
        openssl.key("me", write);

        for (String tls : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (Mosquitto broker = Mosquitto.withClientCertificates(openssl, openssl.file("ca.pem"), tls, "")) {
                for (Version version : new Version[] {Version.V5, Version.V3}) {
                    try (MqttScenario bridge = new MqttScenario()) {
                        bridge.start(MqttScenario.options("mqtts://127.0.0.1:" + broker.port())
                                        .withVersion(version)
                                        .withTls(files("me")))
                                .awaitSent()
                                .stop();
                        assertThat(bridge.metric("published_total"))
                                .as(tls + " " + version)
                                .isGreaterThan(1);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void refusedClientCertificateIsExplained(String tls) {
        openssl.key("expired");
        openssl.certificate("expired", "ca", "-days -1");
        openssl.authority("other", "Other");
        openssl.key("foreign");
        openssl.certificate("foreign", "other", "-days 9");
        openssl.key("revoked");
        openssl.certificate("revoked");
        Path list = openssl.revoke("revoked");

        try (Mosquitto broker =
                Mosquitto.withClientCertificates(openssl, openssl.file("ca.pem"), tls, "crlfile " + list)) {
            String ours = "; mqtt.tls.certificate and mqtt.tls.key name ours";
            assertRefused(broker, files("expired"), "because it has expired (certificate_expired)" + ours);
            assertRefused(broker, files("foreign"), "does not trust the authority of the client certificate", ours);
            assertRefused(broker, files("revoked"), "because it was revoked (certificate_revoked)" + ours);
            assertRefused(broker, files(null), "the broker requires a client certificate", ours);
        }
    }

    @Test
    void untrustedBrokerIsExplained() {
        Path other = openssl.authority("other", "Other");
        try (Mosquitto broker = Mosquitto.withClientCertificates(openssl, openssl.file("ca.pem"), "TLSv1.3", "")) {
            assertRefused(
                    broker,
                    new Tls(other.toString(), null, null, null),
                    "the certificate of the broker is not signed by a trusted authority",
                    "; mqtt.tls.ca names the certificates to trust");
            try (MqttScenario bridge = new MqttScenario();
                    CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt")) {
                bridge.start(MqttScenario.options("mqtts://localhost:" + broker.port())
                        .withTls(files("me")));
                assertThat(first(log)).contains("the certificate of the broker is for another host: ", "localhost");
            }
        }
    }

    @Test
    void renewedCertificateIsUsedByTheNextConnect() {
        Path list = openssl.revoke("me");
        try (Mosquitto broker = Mosquitto.withClientCertificates(
                        openssl, openssl.file("ca.pem"), "TLSv1.3", "crlfile " + list);
                MqttScenario bridge = new MqttScenario();
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt")) {
            bridge.start(
                    MqttScenario.options("mqtts://127.0.0.1:" + broker.port()).withTls(files("me")));
            assertThat(first(log)).contains("certificate_revoked");

            openssl.certificate("me");

            bridge.awaitSent().stop();
        }
    }

    private void assertRefused(Mosquitto broker, Tls files, String... parts) {
        for (Version version : new Version[] {Version.V5, Version.V3}) {
            try (MqttScenario bridge = new MqttScenario();
                    CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt")) {
                bridge.start(MqttScenario.options("mqtts://127.0.0.1:" + broker.port())
                        .withVersion(version)
                        .withTls(files));
                assertThat(first(log)).contains(parts).doesNotContain(PASSWORD);
                Await.until("refused three times", () -> bridge.metric("failed_connects_total") >= 3);
                assertThat(log.lines()).hasSize(1);
            }
        }
    }

    private static String first(CapturedLog log) {
        Await.until("the failure is logged", () -> !log.lines().isEmpty());
        return log.lines().get(0);
    }

    private Tls files(@Nullable String name) {
        String ca = openssl.file("ca.pem").toString();
        return name == null
                ? new Tls(ca, null, null, null)
                : new Tls(
                        ca,
                        openssl.file(name + ".pem").toString(),
                        openssl.file(name + ".key").toString(),
                        Secret.of(PASSWORD));
    }
}
