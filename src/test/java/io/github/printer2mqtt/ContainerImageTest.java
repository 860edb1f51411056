package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.supervision.HealthFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What users of the image rely on; bench/image.py follows the same file and tries the result. */
class ContainerImageTest {
    private static final Pattern INSTRUCTION = Pattern.compile("(?m)^([A-Z]+) (.+)$");
    private final String dockerfile = read().replaceAll("(?m)^ *#.*\\R", "").replaceAll("\\\\\\R *", "");

    @Test
    void basesArePinnedToReleases() {
        assertThat(arguments("FROM"))
                .hasSize(3)
                .allMatch(
                        from -> from.matches("(--platform=\\$BUILDPLATFORM )?[a-z-]+:[a-z]*-?\\d+[._]?\\d.*"),
                        "is a release");
    }

    @Test
    void runsAsAnotherUserThanRootAndGetsSignalsItself() {
        assertThat(arguments("USER")).containsExactly("10001:10001");
        assertThat(arguments("ENTRYPOINT")).containsExactly("[\"/app/bin/printer2mqtt\"]");
        assertThat(arguments("CMD")).containsExactly("[\"run\"]");
    }

    @Test
    void dependenciesAreALayerOfTheirOwn() {
        assertThat(dockerfile)
                .containsSubsequence(
                        "COPY pom.xml ./",
                        "RUN mvn -q -B dependency:go-offline",
                        "COPY src src",
                        "RUN mvn -q -B package");
    }

    /** The archive is of use only for the jar, the Java and the start script that it was made with. */
    @Test
    void archiveIsMadeAfterEverythingThatItDependsOn() {
        assertThat(dockerfile)
                .containsSubsequence(
                        "COPY --from=java /opt/java",
                        "COPY bin/printer2mqtt",
                        "COPY --from=build /build/target/printer2mqtt-slim.jar /app/printer2mqtt.jar",
                        "ENV JAVA_HOME=/opt/java",
                        "RUN /app/bin/printer2mqtt archive");
    }

    @Test
    void healthCheckStartsNoJvm() {
        assertThat(dockerfile)
                .contains("CMD [\"/app/bin/healthcheck\"]", HealthFile.VARIABLE + "=/tmp/")
                .containsPattern("COPY .*docker/healthcheck /app/bin/");
        assertThat(Path.of("docker/healthcheck")).isExecutable();
    }

    private List<String> arguments(String instruction) {
        return INSTRUCTION
                .matcher(dockerfile)
                .results()
                .filter(each -> each.group(1).equals(instruction))
                .map(each -> each.group(2))
                .toList();
    }

    private static String read() {
        try {
            return Files.readString(Path.of("Dockerfile"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
