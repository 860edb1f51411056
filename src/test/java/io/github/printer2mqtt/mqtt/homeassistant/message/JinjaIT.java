package io.github.printer2mqtt.mqtt.homeassistant.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.mqtt.homeassistant.message.TemplateCases.TemplateCase;
import io.github.printer2mqtt.testing.Peers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Renders every template with Jinja like Home Assistant: in the sandbox, and with an error where Home Assistant would
 * log a warning for an undefined value.
 */
class JinjaIT {
    private static final String SCRIPT = """
            import json, sys
            from jinja2 import StrictUndefined
            from jinja2.sandbox import ImmutableSandboxedEnvironment
            environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
            results = []
            for case in json.load(sys.stdin):
                try:
                    template = environment.from_string(case["template"])
                    results.append({"value": template.render(value_json=case["document"]).strip()})
                except Exception as problem:
                    results.append({"problem": repr(problem)})
            json.dump(results, sys.stdout)
            """;

    /** @param value the output */
    private record Rendered(TemplateCase one, String value) {}

    private static final List<Rendered> RENDERED = new ArrayList<>();

    @BeforeAll
    static void render() {
        List<TemplateCase> cases = new ArrayList<>(TemplateCases.all());
        cases.add(new TemplateCase("unasked", "{{ value_json.job.file }}", new JsonObject().putNull("job")));
        JsonArray questions = new JsonArray();
        cases.forEach(one ->
                questions.add(new JsonObject().put("template", one.template()).put("document", one.document())));
        JsonArray results = new JsonArray(run(python(), questions.encode(), "-c", SCRIPT));
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            JsonObject result = results.getJsonObject(i);
            if (result.containsKey("problem")) {
                problems.add(cases.get(i).component() + ": " + result.getString("problem"));
            } else {
                RENDERED.add(new Rendered(cases.get(i), result.getString("value")));
            }
        }
        assertThat(problems).singleElement().asString().startsWith("unasked: ");
    }

    @Test
    void fullyKnownPrintGivesEveryValue() {
        assertThat(values("status"))
                .containsExactly("printing", "preparing", "idle", "attention", "offline", "offline", "unknown");
        assertThat(values("progress")).containsExactly("42.5", "None", "None", "42.5", "42.5", "None", "None");
        assertThat(values("file").get(0)).isEqualTo("{{ states('x') }} \"clip\" <b>.gcode");
        assertThat(values("finish_at").get(0)).isEqualTo("2026-11-21T10:15:00Z");
        assertThat(values("nozzle_temperature")).startsWith("214.8", "None", "23.1", "None");
        assertThat(values("nozzle_2_target")).startsWith("215.0", "None", "None");
        assertThat(values("chamber_temperature")).startsWith("214.8", "None", "None");
        assertThat(values("fan_speed")).startsWith("100", "None", "100");
    }

    @Test
    void detailsAreKnownOrNone() {
        assertThat(values("problems")).containsExactly("2", "0", "2", "0", "0", "0", "0");
        assertThat(values("filament")).startsWith("PLA", "None", "PLA", "None");
        assertThat(values("active_nozzle")).startsWith("2", "None", "None");
        assertThat(values("light")).startsWith("ON", "None", "ON", "None");
    }

    @Test
    void binarySensorsAreOnOrOff() {
        assertThat(values("printing")).containsExactly("ON", "ON", "OFF", "OFF", "OFF", "OFF", "OFF");
        assertThat(values("problem")).containsExactly("OFF", "OFF", "OFF", "ON", "OFF", "OFF", "OFF");
        assertThat(values("printers_online")).contains("0", "2");
    }

    /** Includes the bridge's connectivity and the availability templates. */
    @Test
    void connectivityHasOnlyKnownValues() {
        assertThat(Set.copyOf(values("connectivity"))).containsExactlyInAnyOrder("ON", "OFF", "online", "offline");
    }

    @Test
    void attributesAreAlwaysAnObject() {
        List<JsonObject> attributes = RENDERED.stream()
                .filter(rendered -> rendered.one().template().contains("tojson"))
                .map(rendered -> new JsonObject(rendered.value()))
                .toList();

        assertThat(attributes).hasSize(3 * 7);
        assertThat(attributes.get(4).getString("message")).isEqualTo("no \"answer\" {{ 1 }}");
        assertThat(attributes.get(4).getString("reason")).isEqualTo("timeout");
        assertThat(attributes.get(0).getValue("message")).isNull();
    }

    @Test
    void longFileNamesAreCutToTheStateLimit() {
        JsonObject document = new JsonObject().put("job", new JsonObject().put("file", "ä".repeat(256)));
        JsonArray input = new JsonArray()
                .add(new JsonObject().put("template", Templates.file()).put("document", document));

        JsonArray results = new JsonArray(run(python(), input.encode(), "-c", SCRIPT));

        assertThat(results.getJsonObject(0).getString("value")).isEqualTo("ä".repeat(255));
    }

    @ParameterizedTest
    @CsvSource({"350.0, 350.0", "0.0, 0.0", "400.0, None", "-5.0, None", ", None"})
    void numberOutsideItsRangeHasNoState(@Nullable Double target, String state) {
        JsonObject nozzle = new JsonObject().put("actual", 399.0).put("target", target);
        JsonObject document = new JsonObject().put("temperatures", new JsonObject().put("nozzle", nozzle));
        JsonArray input = new JsonArray()
                .add(new JsonObject()
                        .put("template", Templates.targetUpTo(350, "nozzle"))
                        .put("document", document));

        JsonArray results = new JsonArray(run(python(), input.encode(), "-c", SCRIPT));

        assertThat(results.getJsonObject(0).getString("value")).isEqualTo(state);
    }

    /** Without availability, whose documents are shorter. */
    private static List<String> values(String component) {
        return RENDERED.stream()
                .filter(rendered -> rendered.one().component().equals(component))
                .filter(rendered -> component.equals("connectivity")
                        || rendered.one().document().containsKey("counts")
                        || rendered.one().document().size() > 4)
                .filter(rendered -> !rendered.one().template().contains("tojson"))
                .map(Rendered::value)
                .toList();
    }

    /** Jinja is installed with OctoPrint in a virtual environment. */
    private static Path python() {
        String octoprint = System.getenv("PRINTER2MQTT_OCTOPRINT");
        Path beside = octoprint == null ? null : Path.of(octoprint).resolveSibling("python3");
        if (beside != null && Files.isExecutable(beside) && hasJinja(beside)) {
            return beside;
        }
        Path python = Peers.program("python3");
        return hasJinja(python) ? python : Peers.program("python3 with jinja2");
    }

    private static boolean hasJinja(Path python) {
        return run(python, "", "-c", "import importlib.util as u; print(u.find_spec('jinja2') is not None)")
                .startsWith("True");
    }

    private static String run(Path program, String input, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            try (InputStream stdout = process.getInputStream()) {
                String output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
                if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new AssertionError(program + " failed or timed out: " + output);
                }
                return output;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
