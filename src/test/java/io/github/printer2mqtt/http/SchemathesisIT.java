package io.github.printer2mqtt.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.registration.RegistrationFixture;
import io.github.printer2mqtt.testing.Peers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends the requests that Schemathesis of PyPI makes from the OpenAPI description, valid and invalid ones: no answer is a
 * server error, and every answer is described, with its status, media type, headers and content.
 *
 * <p>The registration service is the real one, so that its checks see these requests; its printers are fake, because a
 * generated address must never be connected to.
 */
class SchemathesisIT {
    private static final int SECONDS = 60;
    private static final int SECONDS_FOR_ONE_PATH = 15;
    private static final String CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,"
            + "response_headers_conformance,response_schema_conformance";

    @RegisterExtension
    private final RegistrationFixture registrations = RegistrationFixture.create();

    @TempDir
    private Path folder;

    private record Verdict(int exitCode, String text) {}

    @Test
    void everyAnswerIsDescribed() throws Exception {
        try (RunningApi api = RunningApi.startWithToken(registrations.registrations)) {
            // Streams do not end.
            Verdict verdict = run(api, SECONDS, served(api), "--exclude-path-regex", "^/api/(stream|wall)$");

            assertThat(verdict.exitCode()).as(verdict.text()).isZero();
            assertThat(verdict.text()).contains("No issues found");
        }
    }

    @Test
    void answerThatIsNotDescribedIsFound() throws Exception {
        try (RunningApi api = RunningApi.startWithToken(registrations.registrations)) {
            String incomplete = served(api).replaceAll("(?m)^ *\"422\": .*\n", "");

            Verdict verdict = run(api, SECONDS_FOR_ONE_PATH, incomplete, "--include-path", "/api/log");

            assertThat(verdict.exitCode()).as(verdict.text()).isOne();
            assertThat(verdict.text()).contains("Undocumented status code").contains("Received: 422");
        }
    }

    private static String served(RunningApi api) {
        return api.get("/openapi.yaml").body();
    }

    private Verdict run(RunningApi api, int seconds, String description, String... selection)
            throws IOException, InterruptedException {
        Path program = Peers.program("st", "PRINTER2MQTT_SCHEMATHESIS");
        Path output = folder.resolve("output.txt");
        Path file = Files.writeString(folder.resolve("openapi.yaml"), description);
        List<String> command = new ArrayList<>(List.of(program.toString(), "--no-color", "run", file.toString()));
        command.addAll(List.of("--url", "http://127.0.0.1:" + api.port(), "--checks", CHECKS));
        command.addAll(List.of("--header", "Authorization: Bearer " + RunningApi.TOKEN));
        // The same requests in every run, as far as they fit into the time.
        command.addAll(List.of("--seed", "1", "--workers", "1", "--max-time", Integer.toString(seconds)));
        command.addAll(List.of("--phases", "examples,coverage,fuzzing", "--suppress-health-check", "all"));
        command.addAll(List.of("--request-timeout", "20", "--warnings", "off"));
        command.addAll(List.of(selection));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(seconds + 60, TimeUnit.SECONDS))
                    .as("Schemathesis ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Verdict(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
