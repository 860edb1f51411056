package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.repetier.RepetierSimulator;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Repetier-Server with two printers whose web socket does not work, so that it is polled. */
class RepetierScenarioTest extends PolledPrinterContract {
    private final SimulatedPrinter neighbour = SimulatedPrinters.machine("Old Delta");

    private final String neighbourId = id + "-neighbour";

    @Override
    ProtocolSimulator simulator(SimulatedPrinter machine) {
        return WebSocketFaults.with(
                WebSocketFaults.refused(), new RepetierSimulator(List.of(machine, neighbour), SimulatedPrinters.KEY));
    }

    @Override
    JsonObject registration() {
        return super.registration().put("address", server.url() + "/Bench");
    }

    @Override
    String stateOfHeating() {
        return "printing";
    }

    @Override
    String stateOfFinished() {
        return "idle";
    }

    @Override
    String stateOfCancelled() {
        return "idle";
    }

    @Test
    void printersOfOneServerShareItsReadingsAndItsConnection() {
        bridge.api().register(neighbour("Old_Delta"));
        bridge.api().awaitState(neighbourId, "idle");
        neighbour.start("vase.gcode", Duration.ofHours(1));
        JsonObject status = bridge.api().awaitState(neighbourId, "printing");

        assertThat(status.getJsonObject("job").getString("file")).isEqualTo("vase.gcode");
        assertThat(bridge.api().status(id).getString("state")).isEqualTo("idle");
        Await.until("one connection is left", () -> server.openConnections() == 1);

        assertThat(bridge.api().delete("/api/printers/" + id).statusCode()).isEqualTo(204);
        neighbour.pause();
        bridge.api().awaitState(neighbourId, "paused");
        Await.until("one connection is left", () -> server.openConnections() == 1);
    }

    @Test
    void wayAndReasonAreShown() {
        JsonObject polls = HttpApi.json(bridge.api().get("/api/printers/" + id + "/polls"), 200);

        assertThat(polls.getString("mode")).isEqualTo("poll");
        assertThat(polls.getString("fallback")).startsWith("the web socket is refused (HTTP ");
    }

    @Test
    void unknownSlugIsNamedWithThoseOfTheServer() {
        bridge.api().register(neighbour("old_delta"));

        JsonObject status = bridge.api().awaitOffline(neighbourId, "unreadable");
        assertThat(status.getString("message")).contains("Bench, Old_Delta");
    }

    @Test
    void diagnosisAndDetectionAskTheServerAndNotThePathOfThePrinter() {
        JsonObject diagnosis = HttpApi.json(bridge.api().get("/api/printers/" + id + "/diagnosis"), 200);
        assertThat(diagnosis.getJsonArray("stages"))
                .extracting(stage -> ((JsonObject) stage).getBoolean("ok"))
                .isNotEmpty()
                .containsOnly(true);

        JsonObject probe = new JsonObject().put("driver", "auto").put("address", server.url());
        assertThat(HttpApi.json(bridge.api().post("/api/printers/probe", probe), 200)
                        .getString("driver"))
                .isEqualTo("repetier");
    }

    @Test
    void wrongKeyIsOfflineWithReasonAuth() {
        changeKey("wrong");
        assertThat(bridge.api().awaitOffline(id, "auth").getString("message")).contains("API key");
        changeKey(SimulatedPrinters.KEY);
        bridge.api().awaitState(id, "idle");
    }

    @Test
    void printerThatIsOffBehindTheServerIsDisconnected() {
        startPrinting();
        printer.disconnect();
        bridge.api().awaitOffline(id, "disconnected");
        printer.connect();
        bridge.api().awaitState(id, "idle");

        assertThat(events(3)).containsExactly("print_started", "printer_offline", "printer_online");
        assertThat(HttpApi.lastJob(bridge.api().status(id))).endsWith("unknown");
    }

    private JsonObject neighbour(String slug) {
        return SimulatedPrinters.registration(neighbourId, server)
                .put("name", "Neighbour")
                .put("address", server.url() + "/" + slug);
    }
}
