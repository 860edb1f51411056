package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.cli.StartException;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.ServerKeyPair;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bridge whose files in section {@code mqtt.tls} are wrong. */
@Timeout(60)
class BrokerCertificateFilesTest {
    @TempDir
    private Path folder;

    @Test
    void unusableFileStopsTheStartBeforeThereIsADatabase() throws IOException {
        ServerKeyPair own = ServerKeyPair.in(folder);
        Path missing = folder.resolve("missing.pem");
        assertStartFails(tls(missing, own), "mqtt.tls.ca: found \"" + missing + "\", expected a readable PEM file");
        assertStartFails(
                tls(own.key(), own),
                "mqtt.tls.ca: found no certificate in \"" + own.key() + "\", expected a PEM file with one");
        byte[] oldKey = Files.readAllBytes(own.key());
        own.renew(Duration.ofDays(1));
        Files.write(own.key(), oldKey);
        assertStartFails(
                tls(own.certificate(), own),
                "mqtt.tls.key: found a key in \"" + own.key() + "\" that does not belong to the certificate in \""
                        + own.certificate() + "\", expected its private key");
    }

    @Test
    void expiredCertificateIsAWarning() {
        ServerKeyPair own = ServerKeyPair.in(folder);
        X509Certificate expired = own.renew(Duration.ofDays(-1));
        try (CapturedLog log = CapturedLog.of("io.github.printer2mqtt.net.mqtt.client");
                RunningBridge bridge = RunningBridge.start(configuration(tls(own.certificate(), own)))) {
            assertThat(log.lines())
                    .containsExactly("mqtt.tls.certificate: the certificate expired on "
                            + expired.getNotAfter().toInstant()
                            + ", and brokers refuse it; renew it, and the next connect uses it");
            assertThat(bridge.api().get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    private void assertStartFails(JsonObject tls, String message) {
        assertThatThrownBy(() -> RunningBridge.start(configuration(tls)).close())
                .isInstanceOf(StartException.class)
                .hasMessage(message);
        assertThat(folder.resolve("printer2mqtt.db")).doesNotExist();
    }

    private static JsonObject tls(Path ca, ServerKeyPair own) {
        return new JsonObject()
                .put("ca", ca.toString())
                .put("certificate", own.certificate().toString())
                .put("key", own.key().toString());
    }

    private JsonObject configuration(JsonObject tls) {
        int port = Ports.free();
        JsonObject configuration = RunningBridge.configuration(folder, port);
        configuration
                .getJsonObject("mqtt")
                .put("url", "mqtts://127.0.0.1:" + port)
                .put("tls", tls);
        return configuration;
    }
}
