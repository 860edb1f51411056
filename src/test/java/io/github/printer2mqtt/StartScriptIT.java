package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/printer2mqtt} with the built jar and the JVM of this test. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class StartScriptIT {
    private static final String VERSION = "printer2mqtt ";

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // by JUnit
    private StartScriptInstallation installation;

    @BeforeEach
    void install() throws IOException {
        installation = install("printer2mqtt.jar");
    }

    private StartScriptInstallation install(String jar) throws IOException {
        Path built = Path.of("target", jar);
        Assumptions.assumeTrue(Files.exists(built), "target/" + jar + " is not built");
        return StartScriptInstallation.of(
                folder.resolve("with-" + jar), built, Map.of("JAVA_HOME", System.getProperty("java.home")));
    }

    @Test
    void slimJarHasAnArchiveToo() throws IOException, InterruptedException {
        StartScriptInstallation slim = install("printer2mqtt-slim.jar");
        assertThat(slim.run("archive"))
                .satisfies(made -> assertThat(made.lines()).hasSize(1))
                .returns(0, StartScriptInstallation.Result::code);
        assertThat(slim.with("JAVA_OPTS", "-Xlog:class+load").run("version").lines())
                .anyMatch(line -> line.contains("io.github.printer2mqtt.Main source: shared objects file"));
    }

    @Test
    void bridgeLoadsItsClassesFromTheArchiveAndFilesThatDoNotFitAreIgnoredSilently()
            throws IOException, InterruptedException {
        Path archive = Path.of(installation.run("archive").lines().get(0));
        StartScriptInstallation tracing = installation.with("JAVA_OPTS", "-Xlog:class+load");
        assertThat(tracing.run("version").lines())
                .anyMatch(line -> line.contains("io.github.printer2mqtt.Main source: shared objects file"))
                .anyMatch(line -> line.contains("picocli.CommandLine source: shared objects file"));

        byte[] content = Files.readAllBytes(archive);
        for (int length : new int[] {7, content.length / 2}) {
            Files.delete(archive);
            Files.write(archive, Arrays.copyOf(content, length));
            assertThat(installation.run("version").lines())
                    .as("an archive of " + length + " bytes")
                    .singleElement()
                    .asString()
                    .startsWith(VERSION);
        }
        // Very large heaps have no compressed pointers, for which the archive is made.
        Files.delete(archive);
        Files.write(archive, content);
        assertThat(installation
                        .with("JAVA_OPTS", "-XX:-UseCompressedOops")
                        .run("version")
                        .lines())
                .singleElement()
                .asString()
                .startsWith(VERSION);
    }

    @Test
    void firstStartMakesTheArchiveInTheBackgroundAndStopsLikeAnyOther() throws IOException, InterruptedException {
        int port = Ports.free();
        Files.writeString(
                installation.folder().resolve("config.json"),
                new JsonObject()
                        .put("http", new JsonObject().put("port", port))
                        .put("broker", new JsonObject().put("port", Ports.free()))
                        .encode());
        Path output = folder.resolve("output.log");
        Process bridge = installation.start(output, "run");
        try {
            Await.until(
                    "the archive",
                    Duration.ofMinutes(3),
                    () -> StartScriptInstallation.archives(installation.folder()).stream()
                            .anyMatch(file -> file.toString().endsWith(".jsa")));
            assertThat(HttpApi.at(port).get("/api/printers").statusCode()).isEqualTo(200);
            bridge.destroy();
            assertThat(bridge.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(bridge.exitValue()).isZero();
        } finally {
            bridge.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output);
        assertThat(lines)
                .as("one banner")
                .filteredOn(line -> line.startsWith(VERSION))
                .hasSize(1);
        Await.until(
                "no other files",
                () -> StartScriptInstallation.archives(installation.folder()).size() == 1);
        assertThat(lines).noneMatch(line -> line.contains("[warning]"));
    }
}
