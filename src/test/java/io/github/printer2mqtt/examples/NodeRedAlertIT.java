package io.github.printer2mqtt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeRedAlertIT extends NodeRedFixture {
    private static final String ONLINE = "{\"state\":\"online\"}";

    @Test
    void failedPrintAlertsOnceDespiteReconnects() {
        fleet.voron().printer().startUnderWay("part.gcode", Duration.ofHours(1), Duration.ofMinutes(6));
        fleet.startBridge();
        try (TestSubscriber user = fleet.listen()) {
            user.publish(eventTopic("old"), event("old", "print_failed", "old-1-1-1"), true);
            user.await(stateTopic(ExampleFleet.VORON), heard -> hasState(heard, "printing"));
            user.await(stateTopic(ExampleFleet.MK4), heard -> hasState(heard, "idle"));
            user.await(stateTopic(ExampleFleet.ENDER), heard -> hasState(heard, "idle"));
            deploy("alert-on-failure.json");
            awaitSubscribed(user, "probe-1-1-1");

            fleet.voron().printer().fail("Heater extruder not heating at expected rate");
            awaitAlert(ExampleFleet.VORON, "print_failed");
            assertThat(alerts(ExampleFleet.VORON, "print_failed")).hasSize(1);
            assertThat(alerts(ExampleFleet.VORON, "print_failed").get(0).getString("text"))
                    .contains("voron", "the print failed", "part.gcode");

            fleet.mk4().printer().attention();
            Await.done(fleet.ender().behave(Behaviour.refusing()));
            awaitAlert(ExampleFleet.MK4, "attention");
            awaitAlert(ExampleFleet.ENDER, "printer_offline");

            Heard failure = user.of(eventTopic(ExampleFleet.VORON)).get(0);
            user.publish(failure.topic(), failure.text(), false);
            user.publish(failure.topic(), failure.text(), false);
            fleet.awaitPolls();
            awaitSubscribed(user, "probe-1-1-2");
            assertOneAlertEach();
            nodeRed.reload();
            awaitSubscribed(user, "probe-1-1-3");
            assertOneAlertEach();
        }

        fleet.broker().kill();
        fleet.broker().restart();
        try (TestSubscriber user = fleet.listen()) {
            user.await("printer2mqtt/bridge/state", heard -> heard.text().equals(ONLINE));
            fleet.awaitPolls();
            awaitSubscribed(user, "probe-1-1-4");
            assertOneAlertEach();

            fleet.stopBridge();
            user.await("printer2mqtt/bridge/state", heard -> !heard.text().equals(ONLINE));
            fleet.startBridge();
            user.await("printer2mqtt/bridge/state", heard -> heard.text().equals(ONLINE));
            user.await(stateTopic(ExampleFleet.ENDER), heard -> hasState(heard, "offline"));
            fleet.awaitPolls();
            awaitSubscribed(user, "probe-1-1-5");
            assertOneAlertEach();
            assertThat(user.of(eventTopic(ExampleFleet.VORON))).isEmpty();
        }
        assertThat(alerts("old", "print_failed"))
                .as("a retained event causes no alert")
                .isEmpty();
        assertNoErrorsInFlows();
    }

    private List<JsonObject> alerts(String printer, String type) {
        JsonArray alerts =
                new JsonArray(nodeRed.get("/alerts", "application/json").body());
        return alerts.stream()
                .map(JsonObject.class::cast)
                .filter(alert -> printer.equals(alert.getJsonObject("event").getString("printer")))
                .filter(alert -> type.equals(alert.getJsonObject("event").getString("event_type")))
                .toList();
    }

    private void awaitAlert(String printer, String type) {
        await(type + " of " + printer, () -> !alerts(printer, type).isEmpty());
    }

    private void assertOneAlertEach() {
        assertThat(alerts(ExampleFleet.VORON, "print_failed")).hasSize(1);
        assertThat(alerts(ExampleFleet.MK4, "attention")).hasSize(1);
        assertThat(alerts(ExampleFleet.ENDER, "printer_offline")).hasSize(1);
    }

    /** Sends an event until it causes an alert, so that the flow is known to be subscribed and up to date. */
    private void awaitSubscribed(TestSubscriber user, String id) {
        String probe = event("probe", "printer_offline", id);
        int before = alerts("probe", "printer_offline").size();
        await("the flow receives events", () -> {
            user.publish(eventTopic("probe"), probe, false);
            return alerts("probe", "printer_offline").size() > before;
        });
        assertThat(alerts("probe", "printer_offline")).hasSize(before + 1);
    }

    private static String eventTopic(String printer) {
        return "printer2mqtt/printers/" + printer + "/event";
    }

    private static String event(String printer, String type, String id) {
        return new JsonObject()
                .put("event_type", type)
                .put("event_id", id)
                .put("at", "2026-11-21T09:50:00.123Z")
                .put("printer", printer)
                .putNull("job")
                .put("from", "printing")
                .put("to", "error")
                .encode();
    }
}
