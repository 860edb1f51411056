package io.github.printer2mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.ConfigReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartBannerTest {
    private static final String LOCAL = "no login; reachable from this machine only";

    @Test
    void showsTheDefaults() {
        assertThat(lines("{}", 8080, 0))
                .containsExactly(
                        "  API          http://127.0.0.1:8080/ (no login; reachable from this machine only)",
                        "  MQTT broker  mqtt://127.0.0.1:1883 (embedded, no login)",
                        "  printers     none yet: printer2mqtt printers add NAME --address HOST");
    }

    @Test
    void showsActualPortAndLogins() {
        assertThat(lines("""
                        {"http": {"host": "0.0.0.0", "port": 0, "token": "0123456789abcdef"},
                         "broker": {"host": "::", "port": 1884, "username": "me", "password": "hush"}}
                        """, 40001, 7))
                .containsExactly(
                        "  API          http://127.0.0.1:40001/ and every other address of this machine (no"
                                + " login; reachable from this machine only)",
                        "  MQTT broker  mqtt://[::1]:1884 (embedded, login required)",
                        "  printers     7");
    }

    @Test
    void showsTheConfiguredBroker() {
        assertThat(lines("{\"mqtt\": {\"url\": \"mqtts://broker.lan\"}, \"http\": {\"host\": \"::1\"}}", 8080, 1))
                .contains(
                        "  MQTT broker  mqtts://broker.lan",
                        "  API          http://[::1]:8080/ (no login; reachable from this machine only)");
    }

    @Test
    void showsThatTheApiIsEncrypted() {
        assertThat(lines("{\"http\": {\"tls\": {\"certificate\": \"a.pem\", \"key\": \"a.key\"}}}", 8080, 1))
                .contains("  API          https://127.0.0.1:8080/ (no login; reachable from this machine only)");
    }

    @Test
    void showsPortsThatReplaceDefaultsInUse() {
        BridgeConfig config = BridgeConfig.defaults().withPorts(8081, 1885);
        assertThat(new StartBanner(config, 8081, 0, LOCAL).lines())
                .containsExactly(
                        "  API          http://127.0.0.1:8081/ (no login; reachable from this machine only); port 8080 is in use,"
                                + " set http.port to choose another",
                        "  MQTT broker  mqtt://127.0.0.1:1885 (embedded, no login); port 1883 is in use,"
                                + " set broker.port to choose another",
                        "  printers     none yet: printer2mqtt printers add NAME --address HOST --url"
                                + " http://127.0.0.1:8081");
    }

    private static List<String> lines(String json, int port, int printers) {
        ConfigReader reader = new ConfigReader(Map.of(), path -> "");
        return new StartBanner(reader.read("config.json", json), port, printers, LOCAL).lines();
    }
}
