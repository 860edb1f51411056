package io.github.printer2mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands that look for printers through the API of a running bridge. */
class OnlineSearchCommandsTest {
    @RegisterExtension
    private final FakeBridge bridge = new FakeBridge();

    @Test
    void probePrintsTheReport() {
        JsonObject report = new JsonObject()
                .put("driver", "octoprint")
                .put("address", "http://192.0.2.7:5000")
                .put("evidence", "OctoPrint 1.11.8")
                .put("state", "idle")
                .putNull("reason")
                .put("attempts", new JsonArray());
        bridge.responds("POST /api/printers/probe", 200, report);
        CommandRun.Result text = toBridge().run("probe", "192.0.2.7", "--driver", "octoprint", "--api-key", "k");
        assertThat(text)
                .isEqualTo(new CommandRun.Result(
                        0,
                        List.of(
                                "driver       octoprint",
                                "address      http://192.0.2.7:5000",
                                "evidence     OctoPrint 1.11.8",
                                "state        idle"),
                        List.of()));
        assertThat(new JsonObject(bridge.nextRequest().body()))
                .isEqualTo(new JsonObject()
                        .put("driver", "octoprint")
                        .put("address", "192.0.2.7")
                        .put("credentials", new JsonObject().put("api_key", "k")));
        CommandRun.Result json = toBridge().run("probe", "192.0.2.7", "--json");
        assertThat(new JsonObject(String.join("\n", json.out()))).isEqualTo(report);
    }

    @Test
    void discoverPrintsWhatWasFound() {
        JsonObject found = new JsonObject()
                .put("driver", "moonraker")
                .put("address", "http://192.168.1.21:7125")
                .put("evidence", "Moonraker v0.9.3-1")
                .put("model", "V2.4")
                .put("serial_number", "SN4711")
                .put("sources", new JsonArray().add("mdns").add("scan"))
                .put("confirmed", true);
        JsonObject report = new JsonObject()
                .put("networks", new JsonArray().add("192.168.1.0/24"))
                .put("addresses", 254)
                .put("complete", false)
                .put("problems", new JsonArray().add("cannot listen at UDP port 2021: in use"))
                .put(
                        "printers",
                        new JsonArray()
                                .add(found.copy())
                                .add(found.copy().put("registered", "voron").put("confirmed", false)));
        bridge.responds("POST /api/discovery", 200, report);

        assertThat(toBridge().run("printers", "discover", "192.168.1.0/24"))
                .isEqualTo(new CommandRun.Result(
                        0,
                        List.of(
                                "http://192.168.1.21:7125  moonraker  V2.4  serial number SN4711  by mdns, scan"
                                        + "  Moonraker v0.9.3-1",
                                "http://192.168.1.21:7125  moonraker  V2.4  serial number SN4711  by mdns, scan"
                                        + "  not confirmed: Moonraker v0.9.3-1  registered as voron",
                                "2 found, 254 addresses scanned",
                                "cannot listen at UDP port 2021: in use",
                                "the time did not suffice for all of them: scan a smaller network"),
                        List.of()));
        assertThat(bridge.nextRequest().body()).isEqualTo("{\"network\":\"192.168.1.0/24\"}");
        CommandRun.Result json = toBridge().run("printers", "discover", "--no-scan", "--json");
        assertThat(bridge.nextRequest().body()).isEqualTo("{\"scan\":false}");
        assertThat(new JsonObject(String.join("\n", json.out()))).isEqualTo(report);
    }

    @Test
    void probePrintsEachAttempt() {
        bridge.responds(
                "POST /api/printers/probe",
                200,
                new JsonObject()
                        .putNull("driver")
                        .put("reason", "refused")
                        .put(
                                "attempts",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("address", "http://h:80")
                                                .put("answer", "refused"))));
        assertThat(toBridge().run("probe", "h"))
                .isEqualTo(new CommandRun.Result(
                        4,
                        List.of(
                                "no supported printer answers at this address",
                                "reason       refused",
                                "  tried http://h:80: refused"),
                        List.of()));
    }

    private CommandRun toBridge() {
        return new CommandRun().with("PRINTER2MQTT_URL", bridge.url());
    }
}
