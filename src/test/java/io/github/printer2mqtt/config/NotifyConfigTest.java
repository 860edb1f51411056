package io.github.printer2mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.printer2mqtt.model.PrinterEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotifyConfigTest {
    private static final String SECRET = "\"secret\":\"0123456789abcdef\"";

    @Test
    void nobodyIsNotifiedByDefault() {
        NotifyConfig config = BridgeConfig.defaults().notifications();
        assertThat(config.webhook()).isNull();
        assertThat(config.ntfy()).isNull();
        assertThat(config.events()).containsExactly(PrinterEvent.Type.PRINT_FINISHED);
        assertThat(config.groups()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://canary/x",
                "canary",
                "http:///canary",
                "http://me:canary@host/",
                "http://host/canary#x",
                "http://host/can ary",
                "https://host:99999999/canary"
            })
    void invalidUrlIsRejectedAndNotShown(String url) {
        assertThatThrownBy(() -> read("{\"notify\":{\"webhook\":{\"url\":\"" + url + "\"," + SECRET + "}}}"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("notify.webhook.url")
                .hasMessageContaining("an http or https URL")
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host", "http://host/", "http://host/a b", "http://host/topic?x=1", "http://host/ü"})
    void ntfyNeedsATopic(String url) {
        assertThatThrownBy(() -> read("{\"notify\":{\"ntfy\":{\"url\":\"" + url + "\"}}}"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("notify.ntfy.url")
                .hasMessageContaining("ends in a topic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"notify\":{\"webhook\":{\"url\":\"http://host/\"}}}",
                "{\"notify\":{\"webhook\":{" + SECRET + "}}}",
                "{\"notify\":{\"ntfy\":{\"token\":\"0123456789abcdef\"}}}"
            })
    void halfAReceiverIsRejected(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(InvalidConfigException.class);
    }

    private static BridgeConfig read(String json) {
        return new ConfigReader(Map.of(), path -> "").read("config.json", json);
    }
}
