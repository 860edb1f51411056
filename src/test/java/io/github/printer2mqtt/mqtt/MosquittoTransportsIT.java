package io.github.printer2mqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.MqttConfig.Tls;
import io.github.printer2mqtt.config.MqttConfig.Version;
import io.github.printer2mqtt.net.mqtt.client.BrokerConnectionOptions;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.CapturedLog;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.TestCertificates;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mosquitto with TLS and one with web sockets. */
class MosquittoTransportsIT {
    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V5", "V3"})
    void configuredAuthorityIsTrusted(Version version, @TempDir Path folder) {
        TestCertificates files = TestCertificates.in(folder);
        try (Mosquitto broker = Mosquitto.withTls(files.certificate(), files.key());
                MqttScenario bridge = new MqttScenario()) {
            BrokerConnectionOptions options = MqttScenario.options("mqtts://127.0.0.1:" + broker.port())
                    .withVersion(version)
                    .withTls(new Tls(files.ca().toString(), null, null, null));
            for (int i = 0; i < 200; i++) {
                bridge.register("p" + i);
            }
            bridge.start(options).awaitSent();
            assertThat(bridge.metric("published_total")).isGreaterThan(200);
            bridge.stop();
        }
    }

    @Test
    void unknownAuthorityIsLoggedInOneLine(@TempDir Path folder) {
        TestCertificates files = TestCertificates.in(folder);
        try (Mosquitto broker = Mosquitto.withTls(files.certificate(), files.key());
                MqttScenario bridge = new MqttScenario();
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt")) {
            bridge.start(MqttScenario.options("mqtts://127.0.0.1:" + broker.port()));
            Await.until("refused twice", () -> bridge.metric("failed_connects_total") >= 2);
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().get(0)).contains("no trusted TLS connection", "mqtt.tls.ca");
        }
    }

    @Test
    void missingFileIsLoggedInOneLine(@TempDir Path folder) {
        String missing = folder.resolve("missing.pem").toString();
        try (MqttScenario bridge = new MqttScenario();
                CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt")) {
            bridge.start(MqttScenario.options("mqtts://127.0.0.1:1").withTls(new Tls(missing, null, null, null)));
            Await.until("logged", () -> !log.lines().isEmpty());
            assertThat(log.lines().get(0)).contains("mqtt.tls.ca: found", "expected a readable PEM file");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V5", "V3"})
    void webSocketsWork(Version version) {
        try (Mosquitto broker = Mosquitto.withWebSockets();
                MqttScenario bridge = new MqttScenario()) {
            bridge.register("a")
                    .start(MqttScenario.options("ws://127.0.0.1:" + broker.port() + "/mqtt")
                            .withVersion(version));
            bridge.awaitSent().stop();
            assertThat(bridge.metric("published_total")).isGreaterThan(3);
        }
    }
}
