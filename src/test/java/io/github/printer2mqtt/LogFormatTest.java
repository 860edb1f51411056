package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log of the program as a collector of logs reads it. */
@Timeout(60)
class LogFormatTest {
    @TempDir
    Path folder;

    @Test
    void everyLineIsAnObjectThatNamesItsPrinter() {
        JsonObject configuration =
                RunningBridge.configuration(folder).put("log", new JsonObject().put("format", "json"));
        try (ChildBridge bridge = ChildBridge.start(folder, configuration)) {
            bridge.api()
                    .register(new JsonObject()
                            .put("id", "dead")
                            .put("name", "Dead \"<printer>\" \\")
                            .put("driver", "moonraker")
                            .put("address", "127.0.0.1:9"));

            Await.until(
                    "the line of the printer",
                    () -> log(bridge).stream()
                            .anyMatch(line -> "dead".equals(line.getString("printer"))
                                    && line.getString("message").contains("offline")));

            assertThat(log(bridge))
                    .allSatisfy(line -> assertThat(line.fieldNames())
                            .containsExactly("at", "level", "source", "printer", "message", "exception"))
                    .anyMatch(line -> line.getString("message").startsWith("registered dead (moonraker at"));
            bridge.stop();
            assertThat(bridge.awaitExit()).isZero();
            assertThat(log(bridge)).anyMatch(line -> line.getString("message").equals("stopping"));
        }
    }

    /** Without the banner, which is on standard output. */
    private static List<JsonObject> log(ChildBridge bridge) {
        return bridge.lines().stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("  ") && !line.startsWith("printer2mqtt "))
                .map(JsonObject::new)
                .toList();
    }
}
