package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Peers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Validates openapi.yaml with openapi-spec-validator of PyPI. */
class OpenApiValidatorIT {
    @TempDir
    private Path folder;

    private record Verdict(int exitCode, String text) {}

    @Test
    void servedDescriptionIsValid() throws Exception {
        Verdict verdict = validated(served());

        assertThat(verdict.text()).contains("OK");
        assertThat(verdict.exitCode()).isZero();
    }

    @Test
    void validatorReportsAnInvalidDescription() throws Exception {
        String broken = served().replace("description: \"Stable, for programs\"", "description: Stable, for programs");

        Verdict verdict = validated(broken);

        assertThat(verdict.text()).contains("for programs");
        assertThat(verdict.exitCode()).isNotZero();
    }

    private static String served() {
        try (RunningApi api = RunningApi.start()) {
            return api.get("/openapi.yaml").body();
        }
    }

    private Verdict validated(String description) throws IOException, InterruptedException {
        Path validator = Peers.program("openapi-spec-validator", "PRINTER2MQTT_OPENAPI_VALIDATOR");
        Path file = Files.writeString(folder.resolve("openapi.yaml"), description);
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(validator.toString(), file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the validator ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Verdict(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
