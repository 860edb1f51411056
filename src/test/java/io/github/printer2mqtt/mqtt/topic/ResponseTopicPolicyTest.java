package io.github.printer2mqtt.mqtt.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.CapturedLog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTopicPolicyTest {
    private final ResponseTopicPolicy unconfigured = new ResponseTopicPolicy(new Topics("farm/p2m"), List.of());
    private final ResponseTopicPolicy anywhere = new ResponseTopicPolicy(new Topics("farm/p2m"), List.of("#"));

    @ParameterizedTest
    @ValueSource(strings = {"farm/p2m/bridge/response/x/y", "farm/p2m/printers/a/response/pause"})
    void ownResponseTopicsAreAllowed(String topic) {
        assertThat(unconfigured.allows(topic)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "homeassistant/device/x/config",
                "anywhere",
                "farm/p2m",
                "farm/p2m2/bridge/response/x",
                "farm/p2m/printers/a/command/pause",
                "farm/p2m/printers/a/state"
            })
    void otherTopicsAreNotAllowed(String topic) {
        assertThat(unconfigured.allows(topic)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$SYS/x",
                "a/+",
                "a/#",
                "farm/p2m/bridge/state",
                "farm/p2m/printers/a/availability",
                "farm/p2m/bridge/request/retained/clean"
            })
    void invalidAndOwnTopicsAreNeverAllowed(String topic) {
        assertThat(anywhere.allows(topic)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "red/+, red/x, true",
        "red/+, red/x/y, false",
        "red/+, red, false",
        "red/+/out, red//out, true",
        "red/#, red, true",
        "red/#, red/x/y, true",
        "red/#, redder, false",
        "red, red, true",
        "red, red/, false",
        "+, red, true",
        "#, red/x, true",
    })
    void filtersMatchLikeSubscriptions(String filter, String topic, boolean matches) {
        assertThat(new ResponseTopicPolicy(new Topics("p2m"), List.of(filter)).allows(topic))
                .isEqualTo(matches);
    }

    @Test
    void firstRefusalIsLoggedWithTheConfigurationKey() {
        try (CapturedLog log = CapturedLog.of("io.github.printer2mqtt.mqtt")) {
            unconfigured.allows("elsewhere/1");
            unconfigured.allows("elsewhere/2");
            assertThat(log.lines()).singleElement().asString().contains("elsewhere/1", "mqtt.response_topics");
        }
    }
}
