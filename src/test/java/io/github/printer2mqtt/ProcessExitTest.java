package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The exit code and the leftovers of the process. */
@Timeout(60)
class ProcessExitTest {
    @Test
    void stoppedProcessExitsWithZeroAndLeavesNoTemporaryFile(@TempDir Path folder) throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        JsonObject configuration = new JsonObject()
                .put("http", new JsonObject().put("port", Ports.free()))
                .put("broker", new JsonObject().put("port", Ports.free()))
                .put(
                        "database",
                        new JsonObject().put("path", folder.resolve("p.db").toString()));
        try (ChildBridge bridge =
                ChildBridge.start(folder, configuration, "-Djava.io.tmpdir=" + temporary, "-XX:-UsePerfData")) {
            assertThat(temporary).isNotEmptyDirectory();
            bridge.stop();
            assertThat(bridge.awaitExit()).as("exit code").isZero();
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void missingTemporaryFolderIsReportedInOneLine(@TempDir Path folder) {
        JsonObject configuration = new JsonObject()
                .put("http", new JsonObject().put("port", Ports.free()))
                .put("broker", new JsonObject().put("port", Ports.free()))
                .put(
                        "database",
                        new JsonObject().put("path", folder.resolve("p.db").toString()));
        try (ChildBridge bridge =
                ChildBridge.launch(folder, configuration, "-Djava.io.tmpdir=" + folder.resolve("missing"))) {
            assertThat(bridge.awaitExit()).as("exit code").isEqualTo(3);
            assertThat(bridge.lines())
                    .filteredOn(line -> line.startsWith("printer2mqtt: "))
                    .singleElement()
                    .asString()
                    .contains("the temporary folder " + folder.resolve("missing") + " does not exist");
        }
    }
}
