package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** {@code docker/java-modules}, from which the image gets its Java. */
class JavaModulesIT {
    @Test
    void haveWhatTheSlimJarUses() throws IOException {
        StringWriter found = new StringWriter();
        int code = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(found),
                        new PrintWriter(found),
                        "--multi-release",
                        "17",
                        "--ignore-missing-deps",
                        "--print-module-deps",
                        "target/printer2mqtt-slim.jar");
        assertThat(code).as(found.toString()).isZero();
        List<String> listed = Files.readAllLines(Path.of("docker", "java-modules"));
        assertThat(found.toString().strip().split(",", -1))
                .allMatch(module -> listed.contains(module) || listed.contains("# not needed: " + module));
        assertThat(listed).contains("jdk.crypto.ec");
    }
}
