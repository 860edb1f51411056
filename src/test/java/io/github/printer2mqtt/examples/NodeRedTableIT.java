package io.github.printer2mqtt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.testing.Await;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeRedTableIT extends NodeRedFixture {
    @Test
    void tableShowsEveryPrinterAndSurvivesBrokerRestart() {
        fleet.voron().printer().startUnderWay("part.gcode", Duration.ofHours(1), Duration.ofMinutes(6));
        fleet.startBridge();
        deploy("fleet-table.json");
        awaitTable(ExampleFleet.ENDER, ExampleFleet.MK4, ExampleFleet.VORON);
        awaitRow(ExampleFleet.VORON, "state", "printing");
        assertThat(row(ExampleFleet.VORON).getString("file")).isEqualTo("part.gcode");
        assertThat(row(ExampleFleet.VORON).getDouble("nozzle")).isBetween(200.0, 230.0);

        String page = nodeRed.get("/printers", "text/html,*/*").body();
        assertThat(page).contains("<td>Voron 2.4</td><td>printing</td><td>part.gcode</td>");
        assertThat(page).as("the name is escaped").contains("MK4 &lt;left&gt;").doesNotContain("<left>");
        assertThat(page).doesNotContain("does not run");

        Await.done(fleet.bridge().registrations().remove(new PrinterId(ExampleFleet.ENDER)));
        awaitTable(ExampleFleet.MK4, ExampleFleet.VORON);

        fleet.broker().kill();
        fleet.voron().printer().pause();
        Await.done(fleet.bridge().registrations().remove(new PrinterId(ExampleFleet.MK4)));
        fleet.broker().restart();
        awaitTable(ExampleFleet.VORON);
        awaitRow(ExampleFleet.VORON, "state", "paused");

        fleet.stopBridge();
        await("the table shows that the bridge is offline", () -> "offline".equals(table().getString("bridge")));
        assertThat(nodeRed.get("/printers", "text/html").body()).contains("does not run");
        assertNoErrorsInFlows();
    }

    private JsonObject table() {
        return new JsonObject(nodeRed.get("/printers", "application/json").body());
    }

    private List<JsonObject> rows() {
        return table().getJsonArray("printers").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private JsonObject row(String printer) {
        return rows().stream()
                .filter(row -> printer.equals(row.getString("id")))
                .findFirst()
                .orElseThrow();
    }

    private void awaitTable(String... printers) {
        await(
                "the table has " + List.of(printers),
                () -> rows().stream()
                        .map(row -> row.getString("id"))
                        .sorted()
                        .toList()
                        .equals(List.of(printers)));
    }

    private void awaitRow(String printer, String key, String value) {
        await(printer + " is " + value, () -> value.equals(row(printer).getString(key)));
    }
}
