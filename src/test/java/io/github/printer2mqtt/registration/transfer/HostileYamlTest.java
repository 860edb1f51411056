package io.github.printer2mqtt.registration.transfer;

import static io.github.printer2mqtt.registration.transfer.ImportFileTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** YAML that no program exports is refused, soon and without a word of it in the message. */
class HostileYamlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &a [x, x]\nb: &b [*a, *a]\nprinters: [*b, *b]\n",
                "printers:\n  - !!javax.script.ScriptEngineManager [SECRET]\n",
                "printers: []\n",
                "config: {}\n",
                "printers:\n - {name: SECRET\n",
                "printers:\n\t- name: SECRET\n",
                "printers:\n  - name: \"SECRET\\q\"\n",
                "printers: 1\nprinters: 2\n",
                "printers: []\n---\nprinters: []\n",
                "printers:\n  ? [SECRET]\n  : 1\n",
                "printers: SECRET\u0000\n",
                "%YAML 9.9\n---\nprinters: []\n"
            })
    void invalidYamlIsRefusedWithoutQuotingIt(String text) {
        assertThat(refusal(
                        () -> ImportFile.read(text.getBytes(StandardCharsets.UTF_8), ImportFormat.FDM_MONSTER, null)))
                .contains("found ", "expected ")
                .doesNotContain("SECRET", "javax");
    }

    @ParameterizedTest
    @CsvSource({
        "'[', 2000000",
        "'{', 2000000",
        "'- ', 1500000",
        "'? ', 1500000",
        "'[a,', 1000000",
        "'a: {', 800000",
        "'- a\n', 1200000",
        "'k: v\n', 900000",
        "'[],', 1500000",
        "'!', 4000000",
        "'&a ', 1200000",
        "x, 4000000",
        "'\"', 4000000"
    })
    void largeHostileYamlIsRefusedSoon(String piece, int times) {
        int inLine = YamlReader.MAX_LINE / piece.length() - 2;
        String line = "  " + piece.repeat(inLine) + (piece.endsWith("\n") ? "" : "\n");
        byte[] content = ("printers:\n" + line.repeat(times / inLine)).getBytes(StandardCharsets.UTF_8);

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(refusal(() -> ImportFile.read(content, ImportFormat.FDM_MONSTER, null)))
                        .contains("found "));
    }
}
