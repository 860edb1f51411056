package io.github.printer2mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the keys of the section http accept. */
class HttpConfigTest {
    @Test
    void frameAncestorsAreOriginsAndNothingElseOfAPolicy() {
        for (String wrong :
                List.of("*", "'self'", "home.example", "https://a.example/path", "https://a b", "https://a; x")) {
            assertThatThrownBy(() -> read("{\"http\": {\"frame_ancestors\": [\"" + wrong + "\"]}}"))
                    .as(wrong)
                    .hasMessageContaining("http.frame_ancestors");
        }
    }

    @Test
    void pathPrefixHasASlashAtItsBeginningOnly() {
        for (String wrong :
                List.of("/", "printers", "/printers/", "//printers", "/a/../b", "/a b", "/%61", "/a?b", "/:id", "/*")) {
            assertThatThrownBy(() -> read("{\"http\": {\"path_prefix\": \"" + wrong + "\"}}"))
                    .as(wrong)
                    .hasMessageContaining("http.path_prefix");
        }
    }

    @Test
    void pathPrefixIsNoPathOfTheBridge() {
        for (String wrong : List.of("/api", "/assets", "/assets/printers", "/health", "/metrics", "/wall")) {
            assertThatThrownBy(() -> read("{\"http\": {\"path_prefix\": \"" + wrong + "\"}}"))
                    .as(wrong)
                    .hasMessageContaining("http.path_prefix")
                    .hasMessageContaining("does not begin with a path of the bridge");
        }
        assertThat(read("{\"http\": {\"path_prefix\": \"/api-printers/wall\"}}")
                        .http()
                        .pathPrefix())
                .isEqualTo("/api-printers/wall");
    }

    @Test
    void loopbackHostsNeedNoToken() {
        for (String host : List.of("127.0.0.1", "127.9.9.9", "localhost", "::1", "0:0:0:0:0:0:0:1")) {
            assertThat(read("{\"http\": {\"host\": \"" + host + "\"}}").http().host())
                    .isEqualTo(host);
        }
    }

    private static BridgeConfig read(String json) {
        return new ConfigReader(Map.of(), path -> "").read("config.json", json);
    }
}
