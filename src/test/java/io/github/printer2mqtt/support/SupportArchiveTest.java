package io.github.printer2mqtt.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.support.SupportArchive.Content;
import io.github.printer2mqtt.support.SupportArchive.Entry;
import io.github.printer2mqtt.testing.ZipText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SupportArchiveTest {
    @Test
    void whatCannotBeCollectedIsALineAndTheRestIsThere() {
        Entry broken = new Entry("polls.json", "the last polls", out -> {
            out.write("{\"id\":\"voron\"}".getBytes(StandardCharsets.UTF_8));
            throw new IOException("no answer");
        });
        Entry whole = new Entry("health.json", "each part", Content.of("{}"));

        Map<String, String> files = ZipText.of(
                new SupportArchive(Instant.parse("2026-11-29T12:00:00Z"), "0.1.0", List.of(broken, whole)).bytes());

        assertThat(files)
                .containsOnlyKeys("README.txt", "polls.json", "health.json")
                .containsEntry("health.json", "{}");
        assertThat(files.get("polls.json")).startsWith("{\"id\":\"voron\"}").contains("not complete", "no answer");
        assertThat(files.get("README.txt"))
                .contains("0.1.0", "2026-11-29T12:00:00Z", "polls.json", "the last polls", "health.json", "each part");
    }

    @Test
    void ofTheEnvironmentOnlyNamesAreShown() {
        String system = SystemFacts.document(
                        "0.1.0", Set.of("PRINTER2MQTT_HTTP_TOKEN", "HOME", "AWS_SECRET_ACCESS_KEY"))
                .encode();

        assertThat(system)
                .contains("\"variables\":[\"PRINTER2MQTT_HTTP_TOKEN\"]", System.getProperty("java.version"))
                .doesNotContain("AWS", "HOME", System.getProperty("user.name") + "\"", System.getProperty("user.home"));
    }
}
