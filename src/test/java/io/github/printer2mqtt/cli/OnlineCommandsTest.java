package io.github.printer2mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Commands that use the API of a running bridge. */
class OnlineCommandsTest {
    @RegisterExtension
    private final FakeBridge bridge = new FakeBridge();

    @Test
    void listPrintsATable() {
        bridge.responds(
                "GET /api/printers",
                200,
                printers(
                        printer("mk4-left", "MK4 left", "prusalink", "printing"),
                        printer("v", "Vörös\u001b[31m\nred", "moonraker", "offline")));
        CommandRun.Result result = toBridge().run("printers", "list");
        assertThat(result.out())
                .containsExactly(
                        "ID        NAME            DRIVER     STATE",
                        "mk4-left  MK4 left        prusalink  printing",
                        "v         Vörös [31m red  moonraker  offline");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
    }

    @Test
    void listShowsAddressesAndReasons() {
        bridge.responds("GET /api/printers", 200, printers(printer("a", "A", "octoprint", "idle"), refused()));
        bridge.responds(
                "GET /api/printers/export",
                200,
                printers(
                        new JsonObject().put("id", "a").put("address", "http://h:80"),
                        new JsonObject().put("id", "b").put("address", "http://i:80")));
        assertThat(toBridge().run("printers", "list").out())
                .containsExactly(
                        "ID  NAME  DRIVER     STATE    REASON     ADDRESS",
                        "a   A     octoprint  idle                http://h:80",
                        "b   B     octoprint  offline  wrong key  http://i:80");
        JsonObject json = new JsonObject(
                String.join("\n", toBridge().run("printers", "list", "--json").out()));
        assertThat(json.getJsonArray("printers").getJsonObject(1).getString("address"))
                .isEqualTo("http://i:80");
    }

    @Test
    void listTellsPrintersOfOtherSitesFromOwnOnes() {
        JsonObject far = printer("a", "A north", "octoprint", "idle").put("site", "north");
        bridge.responds("GET /api/printers", 200, printers(printer("a", "A", "octoprint", "idle"), far));
        JsonObject registration = new JsonObject().put("id", "a").put("address", "http://h:80");
        bridge.responds("GET /api/printers/export", 200, printers(registration));
        assertThat(toBridge().run("printers", "list").out())
                .containsExactly(
                        "ID  SITE   NAME     DRIVER     STATE  ADDRESS",
                        "a          A        octoprint  idle   http://h:80",
                        "a   north  A north  octoprint  idle");
    }

    @Test
    void emptyListIsReported() {
        bridge.responds("GET /api/printers", 200, printers());
        assertThat(toBridge().run("printers", "list").out()).containsExactly("no printers yet");
    }

    @Test
    void addSendsAllOptions(@TempDir Path folder) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "s3cret\n");
        bridge.responds(
                "POST /api/printers",
                201,
                new JsonObject().put("id", "left").put("driver", "prusalink").put("address", "http://192.0.2.20:80"));
        CommandRun.Result result = toBridge()
                .run(
                        "printers",
                        "add",
                        "MK4 left",
                        "--driver",
                        "prusalink",
                        "--address",
                        "192.0.2.20",
                        "--id",
                        "left",
                        "--group",
                        "shelf-a",
                        "--tag",
                        "pla",
                        "--tag",
                        "blue",
                        "--no-wait",
                        "--api-key-file",
                        key.toString());
        assertThat(result)
                .isEqualTo(
                        new CommandRun.Result(0, List.of("added left (prusalink, http://192.0.2.20:80)"), List.of()));
        assertThat(new JsonObject(bridge.nextRequest().body()))
                .isEqualTo(new JsonObject()
                        .put("name", "MK4 left")
                        .put("driver", "prusalink")
                        .put("address", "192.0.2.20")
                        .put("id", "left")
                        .put("group", "shelf-a")
                        .put("tags", new JsonArray().add("pla").add("blue"))
                        .put("credentials", new JsonObject().put("api_key", "s3cret")));
    }

    @Test
    void addDetectsTheDriverAndSendsALogin(@TempDir Path folder) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "hush");
        bridge.responds("POST /api/printers", 201, new JsonObject().put("id", "x"));
        bridge.responds("GET /api/printers/x", 200, printer("x", "X", "octoprint", "idle"));
        assertThat(toBridge()
                        .run(
                                "printers",
                                "add",
                                "X",
                                "--address",
                                "h",
                                "--username",
                                "maker",
                                "--password-file",
                                password.toString())
                        .code())
                .isZero();
        assertThat(new JsonObject(bridge.nextRequest().body()))
                .isEqualTo(new JsonObject()
                        .put("name", "X")
                        .put("driver", "auto")
                        .put("address", "h")
                        .put(
                                "credentials",
                                new JsonObject().put("username", "maker").put("password", "hush")));
    }

    @Test
    void addReportsRejectedRegistrations() {
        bridge.rejects("POST /api/printers", 409, "duplicate_address", "http://h:80 is registered as left");
        assertThat(toBridge().run("printers", "add", "X", "--address", "h"))
                .isEqualTo(failed(2, "printer2mqtt: http://h:80 is registered as left"));
        bridge.rejects(
                "POST /api/printers",
                422,
                new JsonObject()
                        .put("code", "invalid_field")
                        .put("field", "group")
                        .put("detail", "found \"A\", expected a DNS label"));
        assertThat(toBridge().run("printers", "add", "X", "--address", "h", "--group", "A"))
                .isEqualTo(failed(2, "printer2mqtt: group: found \"A\", expected a DNS label"));
        bridge.rejects("POST /api/printers", 422, "driver_not_detected", "nobody answers at h");
        assertThat(toBridge().run("printers", "add", "X", "--address", "h"))
                .isEqualTo(failed(4, "printer2mqtt: nobody answers at h"));
    }

    @Test
    void addRejectsInvalidCredentialOptions(@TempDir Path folder) throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Path missing = folder.resolve("missing");
        assertThat(toBridge().run("printers", "add", "X", "--address", "h", "--api-key", "k", "--api-key-file", "f"))
                .isEqualTo(failed(2, "printer2mqtt: found --api-key and --api-key-file, expected one of the two"));
        assertThat(toBridge().run("printers", "add", "X", "--address", "h", "--api-key", "k", "--username", "u"))
                .isEqualTo(failed(2, "printer2mqtt: found an API key and a login, expected one of the two"));
        assertThat(toBridge().run("printers", "add", "X", "--address", "h", "--username", "u"))
                .isEqualTo(failed(2, "printer2mqtt: found one of --username and --password-file, expected both"));
        assertThat(toBridge().run("printers", "add", "X", "--address", "h", "--api-key-file", missing.toString()))
                .isEqualTo(failed(
                        2,
                        "printer2mqtt: --api-key-file: found no readable file \"" + missing
                                + "\", expected a file with the secret"));
        assertThat(toBridge().run("printers", "add", "X", "--address", "h", "--api-key-file", empty.toString()))
                .isEqualTo(failed(
                        2,
                        "printer2mqtt: --api-key-file: found an empty file \"" + empty
                                + "\", expected one with the secret"));
    }

    @Test
    void removeDeletesThePrinter() {
        bridge.responds("DELETE /api/printers/left", 204, new JsonObject());
        assertThat(toBridge().run("printers", "remove", "left"))
                .isEqualTo(new CommandRun.Result(0, List.of("removed left"), List.of()));
        bridge.rejects("DELETE /api/printers/right", 404, "printer_not_found", "no printer has the id \"right\"");
        assertThat(toBridge().run("printers", "remove", "right"))
                .isEqualTo(failed(2, "printer2mqtt: no printer has the id \"right\""));
        assertThat(toBridge().run("printers", "remove", "../left").code()).isEqualTo(2);
    }

    @Test
    void healthReportsReadiness() {
        bridge.responds(
                "GET /health/ready",
                200,
                health(
                        "degraded",
                        "broker",
                        new JsonObject().put("status", "degraded").put("detail", "away")));
        assertThat(toBridge().run("health"))
                .isEqualTo(new CommandRun.Result(0, List.of("ready", "  broker       degraded: away"), List.of()));
        bridge.responds("GET /health/ready", 503, health("down", "registry", new JsonObject().put("status", "down")));
        assertThat(toBridge().run("health"))
                .isEqualTo(new CommandRun.Result(4, List.of("not ready", "  registry     down"), List.of()));
    }

    private CommandRun toBridge() {
        return new CommandRun().with("PRINTER2MQTT_URL", bridge.url());
    }

    private static CommandRun.Result failed(int code, String line) {
        return new CommandRun.Result(code, List.of(), List.of(line));
    }

    private static JsonObject printers(JsonObject... all) {
        return new JsonObject().put("printers", new JsonArray(List.of((Object[]) all)));
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

    private static JsonObject health(String status, String part, JsonObject one) {
        return new JsonObject().put("status", status).put("parts", new JsonObject().put(part, one));
    }
}
