package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.HttpApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The parts of the health of a whole bridge. */
@Timeout(60)
class HealthPartsTest {
    @TempDir
    private Path folder;

    @Test
    void everyPartIsDocumentedAndHasANameOnThePage() throws IOException {
        Set<String> parts;
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
            parts = HttpApi.json(bridge.api().get("/api/health"), 200)
                    .getJsonObject("parts")
                    .fieldNames();
        }

        assertThat(parts).contains("broker", "database", "files");
        assertThat(MarkdownDocument.reference("http.md").names("### Parts of the health"))
                .containsExactlyInAnyOrderElementsOf(parts);
        for (String language : new String[] {"en", "de"}) {
            String texts = Files.readString(Path.of("src/main/web/src/text/" + language + ".ts"));
            assertThat(parts).allSatisfy(part -> assertThat(texts).contains("'part." + part + "': '"));
        }
    }
}
