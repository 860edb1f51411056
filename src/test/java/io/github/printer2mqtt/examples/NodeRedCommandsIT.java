package io.github.printer2mqtt.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.PrinterView;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.github.printer2mqtt.testing.TestSubscriber.Heard;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class NodeRedCommandsIT extends NodeRedFixture {
    @Test
    void buttonsSendReleasedCommandsAndShowResponses() {
        try (TestSubscriber subscriber = fleet.listen()) {
            deploy("commands.json");
            Map<String, String> buttons = Map.of("pause", "", "resume", "", "cancel", "", "nozzle-off", "0");
            for (String button : buttons.keySet()) {
                String verb = button.equals("nozzle-off") ? "nozzle_temperature" : button;
                String command = "printer2mqtt/printers/mk4-left/command/" + verb;
                // Buttons have no effect until the flow is connected.
                await("the command " + verb, () -> {
                    nodeRed.press("p2m-commands-" + button);
                    return subscriber.newest(command) != null;
                });
                assertThat(subscriber.of(command)).allSatisfy(heard -> {
                    assertThat(heard.text()).isEqualTo(buttons.get(button));
                    assertThat(heard.retained()).isFalse();
                });
            }
            subscriber.publish(
                    "printer2mqtt/printers/mk4-left/response/pause", "{\"status\":\"ok\",\"data\":{}}", false);
            awaitResponse("mk4-left: pause done"::equals);
            subscriber.publish(
                    "printer2mqtt/printers/mk4-left/response/resume",
                    "{\"status\":\"error\",\"error\":{\"code\":\"offline\",\"message\":\"it does not answer\"}}",
                    false);
            awaitResponse("mk4-left: resume refused, it does not answer"::equals);
        }
        assertNoErrorsInFlows();
    }

    @Test
    void buttonsControlThePrinterAndShowItsResponse() {
        SimulatedPrinter voron = fleet.voron().printer();
        voron.startUnderWay("part.gcode", Duration.ofHours(1), Duration.ofMinutes(6));
        fleet.startBridge("pause", "resume", "nozzle_temperature");
        try (TestSubscriber user = fleet.listen()) {
            user.await(stateTopic(ExampleFleet.VORON), heard -> hasState(heard, "printing"));
            deploy(NodeRedFlow.named("commands.json").with("PRINTER", ExampleFleet.VORON));
            awaitConnected(user);

            nodeRed.press("p2m-commands-resume");
            awaitResponse(text -> text.startsWith("voron: resume refused, ") && text.contains("printing"));
            assertThat(lastResponse().getBoolean("done")).isFalse();

            nodeRed.press("p2m-commands-pause");
            awaitResponse("voron: pause done"::equals);
            assertThat(voron.view().state()).isEqualTo(PrinterView.State.PAUSED);
            awaitVoron(user, "paused");
            nodeRed.press("p2m-commands-resume");
            awaitResponse("voron: resume done"::equals);
            assertThat(voron.view().isPrinting()).isTrue();
            awaitVoron(user, "printing");

            assertThat(voron.view().nozzleTarget()).isPositive();
            nodeRed.press("p2m-commands-nozzle-off");
            awaitResponse("voron: nozzle_temperature done"::equals);
            assertThat(voron.view().nozzleTarget()).isZero();

            nodeRed.press("p2m-commands-cancel");
            awaitResponse(text -> text.startsWith("voron: cancel refused, ") && text.contains("commands.mqtt"));
            assertThat(voron.view().isPrinting()).isTrue();
            assertThat(user.of("printer2mqtt/printers/voron/command/pause")).hasSize(1);
        }
        assertNoErrorsInFlows();
    }

    @Test
    void refusalOfReadOnlyBridgeIsShown() {
        SimulatedPrinter voron = fleet.voron().printer();
        voron.startUnderWay("part.gcode", Duration.ofHours(1), Duration.ofMinutes(6));
        fleet.startBridge();
        try (TestSubscriber user = fleet.listen()) {
            user.await(stateTopic(ExampleFleet.VORON), heard -> hasState(heard, "printing"));
            deploy(NodeRedFlow.named("commands.json").with("PRINTER", ExampleFleet.VORON));
            awaitConnected(user);
            for (String verb : List.of("pause", "resume", "cancel", "nozzle_temperature")) {
                nodeRed.press("p2m-commands-" + (verb.equals("nozzle_temperature") ? "nozzle-off" : verb));
                awaitResponse(("voron: " + verb + " refused, the command " + verb
                        + " is not allowed over MQTT; add it to" + " commands.mqtt in the configuration")::equals);
                assertThat(lastResponse().getBoolean("done")).isFalse();
            }
        }
        assertThat(voron.view().state()).isEqualTo(PrinterView.State.PRINTING);
        assertThat(voron.view().nozzleTarget()).isPositive();
        assertNoErrorsInFlows();
    }

    private void awaitResponse(Predicate<String> expected) {
        try {
            await("the response", () -> expected.test(lastResponse().getString("text")));
        } catch (AssertionError e) {
            throw new AssertionError("the flow shows " + lastResponse(), e);
        }
    }

    private JsonObject lastResponse() {
        JsonObject response = nodeRed.context("p2m-commands", "last_answer");
        return response == null ? new JsonObject().put("text", "") : response;
    }

    /** Sends a response for a printer that does not exist until the flow shows it, so that its buttons are known to reach the broker. */
    private void awaitConnected(TestSubscriber user) {
        await("the flow shows responses", () -> {
            user.publish("printer2mqtt/printers/probe/response/pause", "{\"status\":\"ok\",\"data\":{}}", false);
            return lastResponse().getString("text").equals("probe: pause done");
        });
    }

    private static void awaitVoron(TestSubscriber user, String state) {
        await("voron is " + state, () -> {
            Heard newest = user.newest(stateTopic(ExampleFleet.VORON));
            return newest != null && hasState(newest, state);
        });
    }
}
