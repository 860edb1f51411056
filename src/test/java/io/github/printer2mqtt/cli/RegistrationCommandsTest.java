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

/** Commands that change registrations or show one printer through a running bridge. */
class RegistrationCommandsTest {
    @RegisterExtension
    private final FakeBridge bridge = new FakeBridge();

    @Test
    void changeSendsGivenOptionsOnly() {
        bridge.responds(
                "PATCH /api/printers/left",
                200,
                new JsonObject().put("driver", "octoprint").put("address", "http://h:80"));
        assertThat(toBridge().run("printers", "change", "left", "--name", "New", "--group", "", "--no-credentials"))
                .isEqualTo(new CommandRun.Result(0, List.of("changed left (octoprint, http://h:80)"), List.of()));
        assertThat(new JsonObject(bridge.nextRequest().body()))
                .isEqualTo(new JsonObject().put("name", "New").putNull("group").putNull("credentials"));
        toBridge().run("printers", "change", "left", "--maintenance", "new belt");
        assertThat(new JsonObject(bridge.nextRequest().body()))
                .isEqualTo(new JsonObject().put("maintenance", "new belt"));
        toBridge().run("printers", "change", "left", "--maintenance", "");
        assertThat(new JsonObject(bridge.nextRequest().body())).isEqualTo(new JsonObject().putNull("maintenance"));
        toBridge().run("printers", "disable", "left");
        assertThat(new JsonObject(bridge.nextRequest().body())).isEqualTo(new JsonObject().put("enabled", false));
        assertThat(toBridge().run("printers", "enable", "left").out()).containsExactly("enabled left");
        assertThat(new JsonObject(bridge.nextRequest().body())).isEqualTo(new JsonObject().put("enabled", true));
        assertThat(toBridge().run("printers", "change", "left"))
                .isEqualTo(failed(2, "printer2mqtt: found nothing to change, expected an option such as --name"));
        assertThat(toBridge()
                        .run("printers", "change", "left", "--no-credentials", "--api-key", "k")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void importReportsEveryMistake(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("farm.csv"), "name,driver,address\n");
        bridge.responds("POST /api/printers/import", 200, new JsonObject().put("imported", 12));
        assertThat(toBridge().run("printers", "import", file.toString()))
                .isEqualTo(new CommandRun.Result(0, List.of("imported 12 printers"), List.of()));
        assertThat(bridge.nextRequest().body()).isEqualTo("name,driver,address\n");
        bridge.rejects(
                "POST /api/printers/import",
                422,
                new JsonObject()
                        .put("code", "invalid_field")
                        .put("detail", "found x")
                        .put(
                                "errors",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("field", "line 2")
                                                .put("detail", "found x"))
                                        .add(new JsonObject()
                                                .put("field", "line 4")
                                                .put("detail", "found y"))));
        assertThat(toBridge().run("printers", "import", file.toString()))
                .isEqualTo(new CommandRun.Result(
                        2, List.of(), List.of("printer2mqtt: line 2: found x", "printer2mqtt: line 4: found y")));
        assertThat(toBridge()
                        .run("printers", "import", folder.resolve("none.csv").toString())
                        .err())
                .singleElement()
                .asString()
                .contains("FILE: found no readable file");
    }

    @Test
    void previewShowsWhatWouldBeImported(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("farm.yaml"), "printers: []\n");
        JsonObject printer = new JsonObject()
                .put("id", "mk4")
                .put("driver", "prusalink")
                .put("address", "http://192.0.2.20:80")
                .put("group", "hall")
                .put("has_credentials", false);
        bridge.responds(
                "POST /api/printers/import/preview",
                200,
                new JsonObject().put("imported", 0).put("printers", new JsonArray().add(printer)));

        assertThat(toBridge().run("printers", "import", file.toString(), "--preview", "--format", "fdm_monster"))
                .isEqualTo(new CommandRun.Result(
                        0,
                        List.of(
                                "mk4 (prusalink, http://192.0.2.20:80, group hall, no credentials)",
                                "found no mistakes; nothing was imported"),
                        List.of()));
        assertThat(bridge.nextRequest().body()).isEqualTo("printers: []\n");
    }

    @Test
    void exportPrintsTheDocumentOfTheBridge() {
        bridge.responds("GET /api/printers/export", 200, "text/csv", Buffer.buffer("name\r\nA\r\n"));
        assertThat(toBridge().run("printers", "export", "--format", "csv"))
                .isEqualTo(new CommandRun.Result(0, List.of("name", "A"), List.of()));
    }

    @Test
    void showPrintsTheStatus() {
        bridge.responds("GET /api/printers/b", 200, refused());
        assertThat(toBridge().run("printers", "show", "b").out())
                .contains("state        offline", "reason       wrong key");
        assertThat(new JsonObject(String.join(
                        "\n", toBridge().run("printers", "show", "b", "--json").out())))
                .isEqualTo(refused());
    }

    @Test
    void addReportsTheFirstReading() {
        bridge.responds("POST /api/printers", 201, new JsonObject().put("id", "b"));
        bridge.responds("GET /api/printers/b", 200, refused());
        assertThat(toBridge().run("printers", "add", "B", "--address", "h").out())
                .last()
                .isEqualTo("no reading yet: wrong key (OctoPrint refuses the API key: it is wrong)");
        bridge.responds("GET /api/printers/b", 200, printer("b", "B", "octoprint", "idle"));
        assertThat(toBridge().run("printers", "add", "B", "--address", "h").out())
                .last()
                .isEqualTo("first reading: idle");
    }

    @Test
    void addWaitsForTheFirstReading() {
        bridge.responds("POST /api/printers", 201, new JsonObject().put("id", "b"));
        bridge.respondsInTurn(
                "GET /api/printers/b",
                printer("b", "B", "octoprint", "unknown"),
                printer("b", "B", "octoprint", "printing"));
        assertThat(toBridge().run("printers", "add", "B", "--address", "h").out())
                .last()
                .isEqualTo("first reading: printing");
    }

    private static JsonObject refused() {
        return printer("b", "B", "octoprint", "offline")
                .put("message", "OctoPrint refuses the API key: it is wrong")
                .put("poll", new JsonObject().put("reason", "auth"));
    }

    private static JsonObject printer(String id, String name, String driver, String state) {
        return new JsonObject()
                .put("id", id)
                .put("name", name)
                .put("driver", driver)
                .put("state", state);
    }

    private CommandRun toBridge() {
        return new CommandRun().with("PRINTER2MQTT_URL", bridge.url());
    }

    private static CommandRun.Result failed(int code, String line) {
        return new CommandRun.Result(code, List.of(), List.of(line));
    }
}
