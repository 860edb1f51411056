package io.github.printer2mqtt.mqtt.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/reference/mqtt.md lists every error code of a response. */
class ErrorCodesDocumentTest {
    @ParameterizedTest
    @EnumSource
    void documentListsEveryCode(RequestException.Code code) throws IOException {
        assertThat(Files.readString(Path.of("docs", "reference", "mqtt.md"))).contains("| `" + code.wireName() + "` |");
    }
}
