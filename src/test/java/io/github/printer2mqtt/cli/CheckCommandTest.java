package io.github.printer2mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command that diagnoses a printer through a running bridge. */
class CheckCommandTest {
    @RegisterExtension
    private final FakeBridge bridge = new FakeBridge();

    @Test
    void checkPrintsEachStageWithAdvice() {
        bridge.responds("GET /api/printers/mk4-left/diagnosis", 200, diagnosis(false));

        CommandRun.Result result = toBridge().run("printers", "check", "mk4-left");

        assertThat(result.out())
                .containsExactly(
                        "name     ok          0 ms  192.0.2.20 is an IP address",
                        "port     FAILED      4 ms  nothing listens on port 80",
                        "                           -> check the port",
                        "tls      -                 not checked");
        assertThat(result.code()).isEqualTo(4);
    }

    @Test
    void checkSucceedsIfNoStageFailed() {
        bridge.responds("GET /api/printers/mk4-left/diagnosis", 200, diagnosis(true));

        CommandRun.Result result = toBridge().run("printers", "check", "mk4-left", "--json");

        assertThat(new JsonObject(String.join("\n", result.out()))).isEqualTo(diagnosis(true));
        assertThat(result.code()).isZero();
    }

    private static JsonObject diagnosis(boolean isOk) {
        JsonArray stages = new JsonArray()
                .add(stage("name", true, 0, "192.0.2.20 is an IP address", null))
                .add(stage("port", false, 4, "nothing listens\u001bon port 80", "check the port"))
                .add(stage("tls", null, null, null, null));
        return new JsonObject().put("printer", "mk4-left").put("ok", isOk).put("stages", stages);
    }

    private static JsonObject stage(
            String name,
            @Nullable Boolean ok,
            @Nullable Integer millis,
            @Nullable String found,
            @Nullable String advice) {
        return new JsonObject()
                .put("stage", name)
                .put("ok", ok)
                .put("took_ms", millis)
                .put("found", found)
                .put("advice", advice);
    }

    private CommandRun toBridge() {
        return new CommandRun().with("PRINTER2MQTT_URL", bridge.url());
    }
}
