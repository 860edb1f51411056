package io.github.printer2mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.config.BridgeConfig.HomeAssistant.Discovery;
import io.github.printer2mqtt.config.BridgeConfig.Security.Follow;
import io.github.printer2mqtt.config.CommandsConfig.GuardedRequest;
import io.github.printer2mqtt.config.type.DatabaseUrl;
import io.github.printer2mqtt.config.type.SiteConfig;
import io.github.printer2mqtt.model.AlertCode;
import io.github.printer2mqtt.model.Command.Verb;
import io.github.printer2mqtt.model.PrinterEvent;
import io.github.printer2mqtt.model.access.Role;
import io.github.printer2mqtt.text.IpNetwork;
import io.github.printer2mqtt.text.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    private static final String TOKEN = "0123456789abcdef";

    @Test
    void emptyObjectGivesTheDefaults() {
        BridgeConfig config = read("{}");
        assertThat(config).isEqualTo(BridgeConfig.defaults());
        assertThat(config.http()).isEqualTo(new BridgeConfig.Http("127.0.0.1", 8080, null, List.of(), List.of()));
        assertThat(config.mqtt())
                .isEqualTo(new MqttConfig(
                        null,
                        null,
                        null,
                        MqttConfig.Version.AUTO,
                        "printer2mqtt",
                        null,
                        false,
                        false,
                        false,
                        List.of(),
                        MqttConfig.Tls.none()));
        assertThat(config.broker()).isEqualTo(new BridgeConfig.Broker("127.0.0.1", 1883, null, null));
        assertThat(config.polling())
                .isEqualTo(new BridgeConfig.Polling(
                        Duration.ofSeconds(1),
                        2,
                        new BridgeConfig.Polling.Interval(
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(60))));
        assertThat(config.database()).isEqualTo(DatabaseConfig.inFile("data/printer2mqtt.db"));
        assertThat(config.commands()).isEqualTo(new CommandsConfig(Set.of(), Set.of()));
        assertThat(config.homeAssistant()).isEqualTo(new BridgeConfig.HomeAssistant(Discovery.DEVICE, "homeassistant"));
        assertThat(config.secrets()).isEqualTo(new BridgeConfig.Secrets(null, "data/printer2mqtt.db.key"));
        assertThat(config.backup()).isEqualTo(new BackupConfig(true, LocalTime.of(3, 30), 7, null));
        assertThat(config.security()).isEqualTo(new BridgeConfig.Security(false, null, Follow.NEVER, List.of()));
        assertThat(config.alerts())
                .isEqualTo(new AlertsConfig(
                        EnumSet.complementOf(EnumSet.of(AlertCode.NOT_CLEARED)),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        new AlertsConfig.Temperature(Duration.ofMinutes(2), 15, null, null),
                        Duration.ofMinutes(30)));
        assertThat(config.plate()).isEqualTo(new BridgeConfig.Plate(40, Duration.ofHours(1)));
        assertThat(config.history())
                .isEqualTo(new BridgeConfig.History(
                        new BridgeConfig.History.Retention(730, 400_000),
                        new BridgeConfig.History.Retention(90, 200_000)));
        assertThat(config.log()).isEqualTo(new LogConfig(LogConfig.Level.INFO, Map.of()));
    }

    @Test
    void everyKeyIsRead() {
        BridgeConfig config = read("""
                {
                  "http": {"host": "::1", "port": 0, "token": "0123456789abcdef", "allowed_hosts": ["Farm.example"],
                           "frame_ancestors": ["self", "https://Home.example:8123"], "path_prefix": "/farm/printers",
                           "tls": {"certificate": "farm.pem", "key": "farm.key", "key_password": "phrase"},
                           "proxy": {"trusted": ["192.0.2.7", "10.1.0.0/16"], "secret": "0123456789abcdef",
                                     "user_header": "Remote-User", "groups_header": "Remote-Groups",
                                     "roles": ["print=farm=admin", "staff=operator", "*=viewer"]},
                           "ingress": {"peer": "fd00::2", "roles": ["ada=admin", "ada=viewer"]}},
                  "mqtt": {"url": "mqtts://broker:8884", "username": "me", "password": "hush", "version": "3.1.1",
                           "base_topic": "home/printers", "client_id": "bridge", "attributes": true, "log": true, "raw": true,
                           "response_topics": ["red/+"],
                           "tls": {"ca": "ca.pem", "certificate": "me.pem", "key": "me.key", "key_password": "words"}},
                  "broker": {"host": "0.0.0.0", "port": 1884, "username": "you", "password": "quiet"},
                  "polling": {"timeout": "500ms", "offline_after": 3,
                              "interval": {"printing": "1s", "preparing": "2s", "paused": "3s", "idle": "4s",
                                           "offline": "5s", "offline_max": "5m"}},
                  "database": {"path": "/var/lib/farm.db", "url": "postgres://[fd00::7]/farm", "username": "us", "password": "still",
                               "tls": {"mode": "verify-full", "ca": "db.pem"}},
                  "cluster": {"node": "farm-a", "lease": "15s"},
                  "secrets": {"key_file": "/run/secrets/farm.key"},
                  "backup": {"nightly": false, "at": "23:05", "keep": 3, "folder": "/mnt/copies"},
                  "commands": {"mqtt": ["pause", "cancel"], "mqtt_requests": ["probe"]},
                  "home_assistant": {"discovery": "off", "prefix": "ha", "thumbnails": true},
                  "security": {"allow_loopback_printers": true, "printer_ca": "/etc/printers.pem", "follow_printers": "search",
                               "picture_hosts": ["cam.example"]},
                  "alerts": {"rules": ["error", "not_cleared"], "offline": {"after": "1m"}, "stalled": {"after": "1h"},
                             "temperature": {"after": "30s", "deviation": 10, "nozzle_limit": 300, "bed_limit": 120},
                             "not_cleared": {"after": "24h"}},
                  "notify": {"webhook": {"url": "https://h.example/x?y=1", "secret": "0123456789abcdef"},
                             "ntfy": {"url": "http://192.0.2.7/farm", "token": "0123456789abcdef"},
                             "events": ["plate_ready"], "alerts": ["error"], "groups": ["shelf-a"]},
                  "plate": {"ready_below": 35, "assume_cold_after": "90m"},
                  "history": {"jobs": {"days": 365, "rows": 50000}, "states": {"days": 7, "rows": 1000}},
                  "sites": [{"name": "north", "base_topic": "farm/north"}],
                  "log": {"format": "json", "level": "warn", "packages": ["mqtt=debug"]}
                }
                """);
        assertThat(config)
                .isEqualTo(new BridgeConfig(
                        new BridgeConfig.Http(
                                "::1",
                                0,
                                Secret.of(TOKEN),
                                List.of("farm.example"),
                                List.of("'self'", "https://home.example:8123"),
                                "/farm/printers",
                                new BridgeConfig.Http.Tls("farm.pem", "farm.key", Secret.of("phrase")),
                                new ProxyConfig(
                                        List.of(IpNetwork.parse("192.0.2.7"), IpNetwork.parse("10.1.0.0/16")),
                                        new ProxyConfig.Login(
                                                Secret.of(TOKEN),
                                                "Remote-User",
                                                "Remote-Groups",
                                                new ProxyConfig.Roles(Map.of(
                                                        "print=farm",
                                                        Role.ADMIN,
                                                        "staff",
                                                        Role.OPERATOR,
                                                        "*",
                                                        Role.VIEWER))),
                                        new ProxyConfig.Ingress(
                                                IpNetwork.parse("fd00::2"),
                                                new ProxyConfig.Roles(Map.of("ada", Role.VIEWER))))),
                        new MqttConfig(
                                "mqtts://broker:8884",
                                "me",
                                Secret.of("hush"),
                                MqttConfig.Version.V3,
                                "home/printers",
                                "bridge",
                                true,
                                true,
                                true,
                                List.of("red/+"),
                                new MqttConfig.Tls("ca.pem", "me.pem", "me.key", Secret.of("words"))),
                        new BridgeConfig.Broker("0.0.0.0", 1884, "you", Secret.of("quiet")),
                        new BridgeConfig.Polling(
                                Duration.ofMillis(500),
                                3,
                                new BridgeConfig.Polling.Interval(
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(3),
                                        Duration.ofSeconds(4),
                                        Duration.ofSeconds(5),
                                        Duration.ofMinutes(5))),
                        new DatabaseConfig(
                                "/var/lib/farm.db",
                                new DatabaseConfig.Server(
                                        new DatabaseUrl("fd00::7", 5432, "farm"),
                                        "us",
                                        Secret.of("still"),
                                        DatabaseConfig.Tls.VERIFY_FULL,
                                        "db.pem")),
                        new ClusterConfig("farm-a", Duration.ofSeconds(15)),
                        new BridgeConfig.Secrets(null, "/run/secrets/farm.key"),
                        new BackupConfig(false, LocalTime.of(23, 5), 3, "/mnt/copies"),
                        new CommandsConfig(Set.of(Verb.PAUSE, Verb.CANCEL), Set.of(GuardedRequest.PROBE)),
                        new BridgeConfig.HomeAssistant(Discovery.OFF, "ha", true),
                        new BridgeConfig.Security(true, "/etc/printers.pem", Follow.SEARCH, List.of("cam.example")),
                        new AlertsConfig(
                                Set.of(AlertCode.ERROR, AlertCode.NOT_CLEARED),
                                Duration.ofMinutes(1),
                                Duration.ofHours(1),
                                new AlertsConfig.Temperature(Duration.ofSeconds(30), 10, 300, 120),
                                Duration.ofHours(24)),
                        new NotifyConfig(
                                new NotifyConfig.Webhook(Secret.of("https://h.example/x?y=1"), Secret.of(TOKEN)),
                                new NotifyConfig.Ntfy(Secret.of("http://192.0.2.7/farm"), Secret.of(TOKEN)),
                                Set.of(PrinterEvent.Type.PLATE_READY),
                                Set.of(AlertCode.ERROR),
                                Set.of("shelf-a")),
                        new BridgeConfig.Plate(35, Duration.ofMinutes(90)),
                        new BridgeConfig.History(
                                new BridgeConfig.History.Retention(365, 50_000),
                                new BridgeConfig.History.Retention(7, 1_000)),
                        List.of(new SiteConfig("north", "farm/north")),
                        new LogConfig(
                                LogConfig.Format.JSON, LogConfig.Level.WARN, Map.of("mqtt", LogConfig.Level.DEBUG)),
                        config.settings()));
        // The key itself and its file exclude each other.
        assertThat(Setting.explicitKeys(config.settings()))
                .containsExactlyInAnyOrderElementsOf(Keys.ALL.stream()
                        .map(Key::path)
                        .filter(path -> !path.equals("secrets.key"))
                        .toList());
    }

    @Test
    void settingsSayWhereAValueComesFromAndShowNoSecret() {
        BridgeConfig config = new ConfigReader(
                        Map.of("PRINTER2MQTT_HTTP_PORT", "9090", "PRINTER2MQTT_MQTT_PASSWORD", "canary-0123456789"),
                        ConfigReader.SecretFiles.ofSystem())
                .read(
                        "config.json",
                        "{\"http\": {\"port\": 8080, \"token\": \"canary-token-0123456789\"}, \"mqtt\": {\"url\": \"mqtt://b\","
                                + " \"username\": \"me\"}, \"commands\": {\"mqtt\": [\"pause\"]}}");

        assertThat(config.settings())
                .hasSameSizeAs(Keys.ALL)
                .contains(
                        new Setting("http.port", "\"9090\"", "PRINTER2MQTT_HTTP_PORT"),
                        new Setting("http.token", "***", "file"),
                        new Setting("mqtt.password", "***", "PRINTER2MQTT_MQTT_PASSWORD"),
                        new Setting("mqtt.username", "\"me\"", "file"),
                        new Setting("commands.mqtt", "[\"pause\"]", "file"),
                        new Setting("http.host", "127.0.0.1", "default"),
                        new Setting("broker.password", "null", "default"));
        assertThat(config.settings().toString()).doesNotContain("canary");
    }

    @Test
    void brokerUrlsAreAccepted() {
        for (String url : List.of(
                "mqtt://broker", "mqtt://192.0.2.1:1883", "mqtts://[2001:db8::1]:8883", "ws://b:80/mqtt", "wss://b/")) {
            assertThat(read("{\"mqtt\": {\"url\": \"" + url + "\"}}").mqtt().url())
                    .isEqualTo(url);
        }
    }

    @Test
    void byteOrderMarkIsIgnored(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), "\uFEFF{\"http\": {\"port\": 1}}");
        assertThat(reader(Map.of()).read(file).http().port()).isEqualTo(1);
    }

    @Test
    void fileThatIsNotUtf8IsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("config.json"), "{\"ä\": 1}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(EnvironmentValuesTest.lines(() -> reader(Map.of()).read(file)))
                .containsExactly(file + ": found bytes that are not UTF-8, expected a file in UTF-8");
    }

    @Test
    void directoryInsteadOfAFileIsReported(@TempDir Path folder) {
        assertThat(EnvironmentValuesTest.lines(() -> reader(Map.of()).readIfPresent(folder)))
                .containsExactly(folder + ": found a folder, expected a JSON file");
    }

    @Test
    void keysThatAreSetAreKnown() {
        assertThat(Setting.explicitKeys(read("{\"http\": {\"port\": 8080}}").settings()))
                .containsExactly("http.port");
        assertThat(Setting.explicitKeys(reader(Map.of("PRINTER2MQTT_BROKER_PORT", "1883"))
                        .readEnvironment()
                        .settings()))
                .containsExactly("broker.port");
    }

    @Test
    void exampleFileLoadsAndEqualsTheDefaults() {
        assertThat(reader(Map.of()).read(Path.of("config.json")))
                .usingRecursiveComparison()
                .ignoringFields("settings")
                .isEqualTo(BridgeConfig.defaults());
    }

    @Test
    void toStringShowsNoSecret() {
        assertThat(read("{\"http\": {\"token\": \"" + TOKEN + "\"}}").toString())
                .contains("***")
                .doesNotContain(TOKEN);
    }

    private static BridgeConfig read(String json) {
        return reader(Map.of()).read("config.json", json);
    }

    private static ConfigReader reader(Map<String, String> environment) {
        return new ConfigReader(environment, path -> "");
    }
}
