package io.github.printer2mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.config.DatabaseConfig.Tls;
import io.github.printer2mqtt.json.ConfigDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section {@code database} with a server. */
class DatabaseConfigTest {
    private static final String LOGIN = ", 'username': 'bridge'";

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    postgresql://db/farm | postgresql://db:5432/farm | VERIFY_FULL
                    postgres://db.example:6000/farm-1 | postgresql://db.example:6000/farm-1 | VERIFY_FULL
                    postgresql://[::1]:5433/farm | postgresql://[::1]:5433/farm | DISABLE
                    postgresql://127.0.0.9/farm | postgresql://127.0.0.9:5432/farm | DISABLE
                    postgresql://localhost/farm | postgresql://localhost:5432/farm | DISABLE
                    """)
    void serverElsewhereIsSpokenToOverVerifiedTls(String url, String shown, Tls tls) {
        DatabaseConfig.Server server = Objects.requireNonNull(read("{'database': {'url': '" + url + "'" + LOGIN + "}}")
                .database()
                .server());

        assertThat(server.url()).hasToString(shown);
        assertThat(server.tls()).isEqualTo(tls);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    'url': 'postgresql://me:canary@db/farm', 'username': 'b' | database.url: found a user name in the URL, expected it in database.username and database.password
                    'url': 'postgresql://db/farm?sslmode=require', 'username': 'b' | database.url: found options in the URL, expected a URL such as 'postgresql://host:5432/printer2mqtt'; TLS is set with database.tls.mode and database.tls.ca
                    'url': 'postgresql://db', 'username': 'b' | database.url: found 'postgresql://db', expected a URL such as 'postgresql://host:5432/printer2mqtt'
                    'url': 'mysql://db/farm', 'username': 'b' | database.url: found 'mysql://db/farm', expected a URL such as 'postgresql://host:5432/printer2mqtt'
                    'url': 'postgresql://db:70000/farm', 'username': 'b' | database.url: found 'postgresql://db:70000/farm', expected a URL such as 'postgresql://host:5432/printer2mqtt'
                    'url': 'postgresql://db/farm' | database.url: found a value without database.username, expected both or neither
                    'username': 'b' | database.username: found a value without database.url, expected both or neither
                    'password': 'canary' | database.password: found a value while database.url is null, expected a database.url with postgresql://
                    'tls': {'mode': 'require'} | database.tls.mode: found a value while database.url is null, expected a database.url with postgresql://
                    'url': 'postgresql://db/farm', 'username': 'b', 'tls': {'mode': 'verify-ca'} | database.tls.mode: found 'verify-ca', expected one of 'disable', 'require', 'verify-full'
                    'url': 'postgresql://db/farm', 'username': 'b', 'tls': {'mode': 'require', 'ca': 'ca.pem'} | database.tls.ca: found a value while database.tls.mode is 'require', expected 'verify-full' there, or no value here
                    """)
    void mistakesAreNamed(String section, String line) {
        assertThatThrownBy(() -> read("{'database': {" + section + "}}"))
                .hasMessageContaining(line.replace('\'', '"'))
                .hasMessageNotContaining("canary");
    }

    @Test
    void passwordComesFromAFileAndIsShownNowhere() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "canary\n");
        Map<String, String> environment = new HashMap<>(Map.of(
                "PRINTER2MQTT_DATABASE_URL", "postgresql://db/farm",
                "PRINTER2MQTT_DATABASE_USERNAME", "bridge",
                "PRINTER2MQTT_DATABASE_PASSWORD_FILE", file.toString(),
                "PRINTER2MQTT_DATABASE_TLS_CA", "ca.pem"));
        BridgeConfig config =
                new ConfigReader(environment, ConfigReader.SecretFiles.ofSystem()).read("config.json", "{}");

        DatabaseConfig.Server server = Objects.requireNonNull(config.database().server());
        assertThat(Objects.requireNonNull(server.password()).reveal()).isEqualTo("canary");
        assertThat(config.toString()).doesNotContain("canary");
        assertThat(ConfigDocument.of(config).getJsonObject("database").encode())
                .isEqualTo("{\"url\":\"postgresql://db:5432/farm\",\"username\":\"bridge\",\"password\":\"***\","
                        + "\"tls\":{\"mode\":\"verify-full\",\"ca\":\"ca.pem\"}}");
        // As without a server, so that the key of copied credentials is found.
        assertThat(config.secrets().keyFile()).isEqualTo("data/printer2mqtt.db.key");
    }

    private static BridgeConfig read(String json) {
        return new ConfigReader(Map.of(), ConfigReader.SecretFiles.ofSystem())
                .read("config.json", json.replace('\'', '"'));
    }
}
