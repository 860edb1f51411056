package io.github.printer2mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Finds the bridge and its token, and rejects what is not a bridge. */
class BridgeEndpointTest {
    @RegisterExtension
    private final FakeBridge bridge = new FakeBridge();

    @Test
    void tokenComesFromOptionThenEnvironmentThenConfiguration() {
        bridge.responds("GET /api/printers", 200, printers());
        CommandRun run = new CommandRun()
                .with("PRINTER2MQTT_HTTP_PORT", bridge.port())
                .with("PRINTER2MQTT_HTTP_TOKEN", "configured-token");
        run.run("printers", "list");
        assertThat(bridge.nextRequest().authorization()).isEqualTo("Bearer configured-token");
        run.with("PRINTER2MQTT_CLI_TOKEN", "of-environment").run("printers", "list");
        assertThat(bridge.nextRequest().authorization()).isEqualTo("Bearer of-environment");
        run.run("printers", "list", "--token", "of-option");
        assertThat(bridge.nextRequest().authorization()).isEqualTo("Bearer of-option");
        toBridge().run("printers", "list");
        assertThat(bridge.nextRequest().authorization()).isNull();
    }

    @Test
    void configuredTokenIsNotSentToANamedBridge() {
        bridge.rejects("GET /api/printers", 401, "unauthorized", "expected the token");
        assertThat(new CommandRun()
                        .with("PRINTER2MQTT_HTTP_TOKEN", "configured-token")
                        .run("printers", "list", "--url", bridge.url()))
                .isEqualTo(
                        failed(2, "printer2mqtt: expected the token; give it with --token or PRINTER2MQTT_CLI_TOKEN"));
        assertThat(bridge.nextRequest().authorization()).isNull();
    }

    @Test
    void configurationNamesTheBridge(@TempDir Path folder) throws IOException {
        bridge.responds("GET /health/ready", 200, new JsonObject());
        Path file = Files.writeString(
                folder.resolve("config.json"),
                "{\"http\": {\"host\": \"0.0.0.0\", \"port\": " + bridge.port()
                        + ", \"token\": \"0123456789abcdef\"}}");
        assertThat(new CommandRun().withConfig(file).run("health").code()).isZero();
        assertThat(new CommandRun().run("health", "--config", file.toString()).code())
                .isZero();
        assertThat(new CommandRun()
                        .with("PRINTER2MQTT_CONFIG", file.toString())
                        .run("health")
                        .code())
                .isZero();
        assertThat(new CommandRun().with("PRINTER2MQTT_HTTP_PORT", "0").run("health"))
                .isEqualTo(failed(
                        2,
                        "printer2mqtt: http.port is 0, so the port of the bridge is unknown; give its URL with --url"));
    }

    @Test
    void otherServersAreReported() {
        String line = "printer2mqtt: the server at " + bridge.url() + " is not printer2mqtt (HTTP status ";
        assertThat(toBridge().run("printers", "list")).isEqualTo(failed(4, line + "404); check the URL"));
        bridge.responds("GET /api/printers", 200, "text/html", Buffer.buffer("<html>"));
        assertThat(toBridge().run("printers", "list")).isEqualTo(failed(4, line + "200); check the URL"));
        bridge.responds("GET /api/printers", 200, "application/json", Buffer.buffer("[]"));
        assertThat(toBridge().run("printers", "list")).isEqualTo(failed(4, line + "200); check the URL"));
        bridge.responds("GET /api/printers", 302, "text/html", Buffer.buffer());
        assertThat(toBridge().run("printers", "list")).isEqualTo(failed(4, line + "302); check the URL"));
    }

    @Test
    void errorsOfTheBridgeAreReported() {
        bridge.rejects("GET /api/printers", 503, "starting", "the registered printers are not read yet");
        assertThat(toBridge().run("printers", "list"))
                .isEqualTo(failed(4, "printer2mqtt: the registered printers are not read yet"));
        bridge.rejects("GET /api/printers", 500, "internal_error", "the bridge failed; its log says why");
        assertThat(toBridge().run("printers", "list"))
                .isEqualTo(failed(1, "printer2mqtt: the bridge failed; its log says why"));
    }

    private CommandRun toBridge() {
        return new CommandRun().with("PRINTER2MQTT_URL", bridge.url());
    }

    private static CommandRun.Result failed(int code, String line) {
        return new CommandRun.Result(code, List.of(), List.of(line));
    }

    private static JsonObject printers() {
        return new JsonObject().put("printers", new JsonArray());
    }
}
