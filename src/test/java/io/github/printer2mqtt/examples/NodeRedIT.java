package io.github.printer2mqtt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.model.PrinterId;
import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.NodeRed;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example flows in a real Node-RED with a bridge, simulated printers and Mosquitto. */
@Timeout(150)
class NodeRedIT {
    private static final String ONLINE = "{\"state\":\"online\"}";
    private static final long LOOK_NANOS = 20_000_000;

    @TempDir
    Path folder;

    private ExampleFleet workshop;
    private NodeRed nodeRed;

    @BeforeEach
    void open() {
        nodeRed = NodeRed.start(folder);
        workshop = ExampleFleet.open(folder);
    }

    @AfterEach
    void close() {
        // Both are null where a program is missing and the test was skipped.
        if (nodeRed != null) {
            nodeRed.close();
        }
        if (workshop != null) {
            workshop.close();
        }
    }

    @Test
    void tableShowsEveryPrinterAndSurvivesBrokerRestart() {
        workshop.voron().printer().startUnderWay("part.gcode", Duration.ofHours(1), Duration.ofMinutes(6));
        workshop.startBridge();
        deploy("fleet-table.json");
        awaitTable(ExampleFleet.ENDER, ExampleFleet.MK4, ExampleFleet.VORON);
        awaitRow(ExampleFleet.VORON, "state", "printing");
        assertThat(row(ExampleFleet.VORON).getString("file")).isEqualTo("part.gcode");
        assertThat(row(ExampleFleet.VORON).getDouble("nozzle")).isBetween(200.0, 230.0);

        String page = nodeRed.get("/printers", "text/html,*/*").body();
        assertThat(page).contains("<td>Voron 2.4</td><td>printing</td><td>part.gcode</td>");
        assertThat(page)
                .as("a name is text and no HTML")
                .contains("MK4 &lt;left&gt;")
                .doesNotContain("<left>");
        assertThat(page).doesNotContain("does not run");

        Await.done(workshop.bridge().registrations().remove(new PrinterId(ExampleFleet.ENDER)));
        awaitTable(ExampleFleet.MK4, ExampleFleet.VORON);

        workshop.broker().kill();
        workshop.voron().printer().pause();
        Await.done(workshop.bridge().registrations().remove(new PrinterId(ExampleFleet.MK4)));
        workshop.broker().restart();
        awaitTable(ExampleFleet.VORON);
        awaitRow(ExampleFleet.VORON, "state", "paused");

        workshop.stopBridge();
        await("the table says that the bridge is away", () -> "offline".equals(table().getString("bridge")));
        assertThat(nodeRed.get("/printers", "text/html").body()).contains("does not run");
        assertNoErrorsInFlows();
    }

    @Test
    void failedPrintAlertsOnceDespiteReconnects() {
        workshop.voron().printer().startUnderWay("part.gcode", Duration.ofHours(1), Duration.ofMinutes(6));
        workshop.startBridge();
        try (TestSubscriber user = workshop.listen()) {
            user.publish(eventTopic("old"), event("old", "print_failed", "old-1-1-1"), true);
            user.await(stateTopic(ExampleFleet.VORON), heard -> isIn(heard, "printing"));
            user.await(stateTopic(ExampleFleet.MK4), heard -> isIn(heard, "idle"));
            user.await(stateTopic(ExampleFleet.ENDER), heard -> isIn(heard, "idle"));
            deploy("alert-on-failure.json");
            awaitListening(user, "probe-1-1-1");

            workshop.voron().printer().fail("Heater extruder not heating at expected rate");
            awaitAlert(ExampleFleet.VORON, "print_failed");
            assertThat(alerts(ExampleFleet.VORON, "print_failed")).hasSize(1);
            assertThat(alerts(ExampleFleet.VORON, "print_failed").get(0).getString("text"))
                    .contains("voron", "the print failed", "part.gcode");

            workshop.mk4().printer().attention();
            Await.done(workshop.ender().behave(Behaviour.refusing()));
            awaitAlert(ExampleFleet.MK4, "attention");
            awaitAlert(ExampleFleet.ENDER, "printer_offline");

            Heard failure = user.of(eventTopic(ExampleFleet.VORON)).get(0);
            user.publish(failure.topic(), failure.text(), false);
            user.publish(failure.topic(), failure.text(), false);
            workshop.awaitPolls();
            awaitListening(user, "probe-1-1-2");
            assertOneAlertEach();
            nodeRed.reload();
            awaitListening(user, "probe-1-1-3");
            assertOneAlertEach();
        }

        workshop.broker().kill();
        workshop.broker().restart();
        try (TestSubscriber user = workshop.listen()) {
            user.await("printer2mqtt/bridge/state", heard -> heard.text().equals(ONLINE));
            workshop.awaitPolls();
            awaitListening(user, "probe-1-1-4");
            assertOneAlertEach();

            workshop.stopBridge();
            user.await("printer2mqtt/bridge/state", heard -> !heard.text().equals(ONLINE));
            workshop.startBridge();
            user.await("printer2mqtt/bridge/state", heard -> heard.text().equals(ONLINE));
            user.await(stateTopic(ExampleFleet.ENDER), heard -> isIn(heard, "offline"));
            workshop.awaitPolls();
            awaitListening(user, "probe-1-1-5");
            assertOneAlertEach();
            assertThat(user.of(eventTopic(ExampleFleet.VORON))).isEmpty();
        }
        assertThat(alerts("old", "print_failed"))
                .as("what a broker has kept is no news")
                .isEmpty();
        assertNoErrorsInFlows();
    }

    @Test
    void buttonsSendReleasedCommandsAndShowResponses() {
        try (TestSubscriber printer = workshop.listen()) {
            deploy("commands.json");
            Map<String, String> buttons = Map.of("pause", "", "resume", "", "cancel", "", "nozzle-off", "0");
            for (String button : buttons.keySet()) {
                String verb = button.equals("nozzle-off") ? "nozzle_temperature" : button;
                String command = "printer2mqtt/printers/mk4-left/command/" + verb;
                // Buttons have no effect until the flow is connected.
                await("the command " + verb, () -> {
                    nodeRed.press("p2m-commands-" + button);
                    return printer.newest(command) != null;
                });
                assertThat(printer.of(command)).allSatisfy(heard -> {
                    assertThat(heard.text()).isEqualTo(buttons.get(button));
                    assertThat(heard.retained()).isFalse();
                });
            }
            printer.publish("printer2mqtt/printers/mk4-left/response/pause", "{\"status\":\"ok\",\"data\":{}}", false);
            awaitAnswer("mk4-left: pause done"::equals);
            printer.publish(
                    "printer2mqtt/printers/mk4-left/response/resume",
                    "{\"status\":\"error\",\"error\":{\"code\":\"offline\",\"message\":\"it does not answer\"}}",
                    false);
            awaitAnswer("mk4-left: resume refused, it does not answer"::equals);
        }
        assertNoErrorsInFlows();
    }

    @Test
    void buttonsControlThePrinterAndShowItsResponse() {
        SimulatedPrinter voron = workshop.voron().printer();
        voron.startUnderWay("part.gcode", Duration.ofHours(1), Duration.ofMinutes(6));
        workshop.startBridge("pause", "resume", "nozzle_temperature");
        try (TestSubscriber user = workshop.listen()) {
            user.await(stateTopic(ExampleFleet.VORON), heard -> isIn(heard, "printing"));
            deploy(NodeRedFlow.named("commands.json").with("PRINTER", ExampleFleet.VORON));
            awaitAnswers(user, "before");

            nodeRed.press("p2m-commands-resume");
            awaitAnswer(text -> text.startsWith("voron: resume refused, ") && text.contains("printing"));
            assertThat(lastAnswer().getBoolean("done")).isFalse();

            nodeRed.press("p2m-commands-pause");
            awaitAnswer("voron: pause done"::equals);
            assertThat(voron.view().state()).isEqualTo(PrinterView.State.PAUSED);
            awaitNewest(user, "paused");
            nodeRed.press("p2m-commands-resume");
            awaitAnswer("voron: resume done"::equals);
            assertThat(voron.view().isPrinting()).isTrue();
            awaitNewest(user, "printing");

            assertThat(voron.view().nozzleTarget()).isPositive();
            nodeRed.press("p2m-commands-nozzle-off");
            awaitAnswer("voron: nozzle_temperature done"::equals);
            assertThat(voron.view().nozzleTarget()).isZero();

            nodeRed.press("p2m-commands-cancel");
            awaitAnswer(text -> text.startsWith("voron: cancel refused, ") && text.contains("commands.mqtt"));
            assertThat(voron.view().isPrinting()).isTrue();
            assertThat(user.of("printer2mqtt/printers/voron/command/pause")).hasSize(1);
        }
        assertNoErrorsInFlows();
    }

    @Test
    void refusalOfReadOnlyBridgeIsShown() {
        SimulatedPrinter voron = workshop.voron().printer();
        voron.startUnderWay("part.gcode", Duration.ofHours(1), Duration.ofMinutes(6));
        workshop.startBridge();
        try (TestSubscriber user = workshop.listen()) {
            user.await(stateTopic(ExampleFleet.VORON), heard -> isIn(heard, "printing"));
            deploy(NodeRedFlow.named("commands.json").with("PRINTER", ExampleFleet.VORON));
            awaitAnswers(user, "before");
            for (String verb : List.of("pause", "resume", "cancel", "nozzle_temperature")) {
                nodeRed.press("p2m-commands-" + (verb.equals("nozzle_temperature") ? "nozzle-off" : verb));
                awaitAnswer(("voron: " + verb + " refused, the command " + verb + " is not allowed over MQTT; add it to"
                        + " commands.mqtt in the configuration")::equals);
                assertThat(lastAnswer().getBoolean("done")).isFalse();
            }
        }
        assertThat(voron.view().state()).isEqualTo(PrinterView.State.PRINTING);
        assertThat(voron.view().nozzleTarget()).isPositive();
        assertNoErrorsInFlows();
    }

    private void deploy(String flow) {
        deploy(NodeRedFlow.named(flow));
    }

    private void deploy(NodeRedFlow flow) {
        nodeRed.deploy(flow.withBroker(workshop.broker().port()));
    }

    private static void await(String what, BooleanSupplier condition) {
        Await.until(what, () -> {
            LockSupport.parkNanos(LOOK_NANOS);
            return condition.getAsBoolean();
        });
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
    private void awaitListening(TestSubscriber user, String id) {
        String probe = event("probe", "printer_offline", id);
        int before = alerts("probe", "printer_offline").size();
        await("the flow hears events", () -> {
            user.publish(eventTopic("probe"), probe, false);
            return alerts("probe", "printer_offline").size() > before;
        });
        assertThat(alerts("probe", "printer_offline")).hasSize(before + 1);
    }

    private void awaitAnswer(Predicate<String> expected) {
        try {
            await("the answer", () -> expected.test(lastAnswer().getString("text")));
        } catch (AssertionError e) {
            throw new AssertionError("the flow shows " + lastAnswer(), e);
        }
    }

    private JsonObject lastAnswer() {
        JsonObject answer = nodeRed.context("p2m-commands", "last_answer");
        return answer == null ? new JsonObject().put("text", "") : answer;
    }

    /** Sends a response for a printer that does not exist until the flow shows it, so that its buttons are known to reach the broker. */
    private void awaitAnswers(TestSubscriber user, String probe) {
        await("the flow hears answers", () -> {
            user.publish(
                    "printer2mqtt/printers/" + probe + "/response/pause", "{\"status\":\"ok\",\"data\":{}}", false);
            return lastAnswer().getString("text").equals(probe + ": pause done");
        });
    }

    private static void awaitNewest(TestSubscriber user, String state) {
        await("voron is " + state, () -> {
            Heard newest = user.newest(stateTopic(ExampleFleet.VORON));
            return newest != null && isIn(newest, state);
        });
    }

    /** Errors of a flow's functions are logged. */
    private void assertNoErrorsInFlows() {
        assertThat(nodeRed.log().lines().filter(line -> line.contains("[error]")))
                .isEmpty();
    }

    private static String eventTopic(String printer) {
        return "printer2mqtt/printers/" + printer + "/event";
    }

    private static String stateTopic(String printer) {
        return "printer2mqtt/printers/" + printer + "/state";
    }

    private static boolean isIn(Heard heard, String state) {
        return state.equals(heard.json().getString("state"));
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
