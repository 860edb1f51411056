package io.github.printer2mqtt.simulator.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.ManualClock;
import io.github.printer2mqtt.simulator.RawResponse;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoonrakerSimulatorTest {
    private final ManualClock clock = new ManualClock();

    @ParameterizedTest
    @CsvSource({
        "IDLE, 00-notfound",
        "IDLE, 04-idle-server-info",
        "IDLE, 04-idle-objects-query",
        "IDLE, 04-idle-objects-query-post",
        "IDLE, 04-idle-objects-query-unknown",
        "IDLE, 10-resume-when-idle",
        "IDLE, 18-metadata-missing",
        "BUSY, 18-busy-objects",
        "HEATING, 05-heating-objects-query",
        "PRINTING, 09-resumed-objects-query",
        "PRINTING, 04-files-metadata",
        "PRINTING, 09-pause",
        "CANCELLED, 10-cancelled-objects-query",
        "FINISHED, 11-complete-objects-query",
        "IDLE, 07-gcode-home",
        "IDLE, 08-set-temp",
        "IDLE, 08-gcode-error-range",
        "IDLE, 08-gcode-noarg",
        "IDLE, 08-gcode-unknown",
        "PRINTING, 13-estop",
        "DISCONNECTED, 03-klippydown-after-seen-objects-query",
    })
    void respondsLikeTheRealServer(State state, String recording) {
        MoonrakerSimulator simulator = new MoonrakerSimulator(PrinterInState.of(state, clock));
        RecordedShape.assertMatches(simulator, "moonraker/" + recording + ".json");
    }

    @ParameterizedTest
    @CsvSource({"15-auth-none-server-info", "15-auth-badkey"})
    void requiresItsKeyLikeTheRealServer(String recording) {
        MoonrakerSimulator simulator = new MoonrakerSimulator(PrinterInState.of(State.IDLE, clock), Recording.KEY);
        RecordedShape.assertMatches(simulator, "moonraker/" + recording + ".json");
        SimulatedRequest good = RecordedShape.get("/server/info", "X-Api-Key", Recording.KEY);
        assertThat(simulator.respond(good).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "IDLE, standby",
        "HEATING, printing",
        "PRINTING, printing",
        "PAUSED, paused",
        "ATTENTION, paused",
        "FINISHED, complete",
        "CANCELLED, cancelled",
        "FAILED, error",
        "BUSY, standby",
    })
    void usesKlippersNamesOfStates(State state, String word) {
        JsonObject status =
                query(new MoonrakerSimulator(PrinterInState.of(state, clock)), "print_stats=state&idle_timeout=state");
        assertThat(status.getJsonObject("print_stats").getMap()).isEqualTo(Map.of("state", word));
        boolean moves = state == State.BUSY || state == State.HEATING || state == State.PRINTING;
        assertThat(status.getJsonObject("idle_timeout").getString("state").equals("Printing"))
                .isEqualTo(moves);
    }

    @Test
    void unknownObjectIsEmptyAndUnknownFieldIsNull() {
        JsonObject status =
                query(new MoonrakerSimulator(PrinterInState.of(State.IDLE, clock)), "nope&fan=speed,nope&nope2=a");
        assertThat(status.encode())
                .isEqualTo("{\"nope\":{},\"fan\":{\"speed\":0.0,\"nope\":null},\"nope2\":{\"a\":null}}");
    }

    @Test
    void commandsOverJsonRpcMoveTheMachineAndErrorsStayInsideA200() {
        SimulatedPrinter printer = PrinterInState.of(State.PRINTING, clock);
        MoonrakerSimulator simulator = new MoonrakerSimulator(printer);
        assertThat(rpc(simulator, "printer.print.pause").getString("result")).isEqualTo("ok");
        assertThat(printer.view().state()).isEqualTo(State.PAUSED);
        assertThat(rpc(simulator, "printer.print.pause").getString("result")).isEqualTo("ok");
        assertThat(rpc(simulator, "printer.print.resume").getString("result")).isEqualTo("ok");
        assertThat(printer.view().state()).isEqualTo(State.PRINTING);
        assertThat(rpc(simulator, "printer.print.cancel").getString("result")).isEqualTo("ok");
        assertThat(printer.view().state()).isEqualTo(State.CANCELLED);
        assertThat(rpc(simulator, "printer.nope").getJsonObject("error").getInteger("code"))
                .isEqualTo(-32601);
        printer.disconnect();
        assertThat(rpc(simulator, "printer.print.cancel").getJsonObject("error").getInteger("code"))
                .isEqualTo(503);
    }

    @Test
    void afterAnEmergencyStopKlippyIsShutDown() {
        SimulatedPrinter printer = PrinterInState.of(State.PRINTING, clock);
        MoonrakerSimulator simulator = new MoonrakerSimulator(printer);
        assertThat(rpc(simulator, "printer.emergency_stop").getString("result")).isEqualTo("ok");
        JsonObject webhooks = query(simulator, "webhooks").getJsonObject("webhooks");
        assertThat(webhooks.getString("state")).isEqualTo("shutdown");
        assertThat(webhooks.getString("state_message")).startsWith("Shutdown due to webhooks request\n");
        assertThat(printer.view().nozzleTarget()).isZero();
        assertThat(rpc(simulator, "printer.print.cancel").getJsonObject("error").getString("message"))
                .startsWith("Shutdown due to webhooks request");
        printer.clear();
        assertThat(query(simulator, "webhooks").getJsonObject("webhooks").getString("state"))
                .isEqualTo("ready");
    }

    @Test
    void jsonRpcWithoutTheKeyIsRefusedInsideA200() {
        MoonrakerSimulator simulator = new MoonrakerSimulator(PrinterInState.of(State.IDLE, clock), Recording.KEY);
        JsonObject error = rpc(simulator, "printer.objects.list").getJsonObject("error");
        assertThat(error.encode()).isEqualTo("{\"code\":-32602,\"message\":\"Unauthorized\"}");
    }

    private static JsonObject query(MoonrakerSimulator simulator, String objects) {
        return respond(simulator, RecordedShape.get("/printer/objects/query?" + objects))
                .getJsonObject("result")
                .getJsonObject("status");
    }

    private static JsonObject rpc(MoonrakerSimulator simulator, String method) {
        String body = "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"id\":1}";
        return respond(simulator, new SimulatedRequest("POST", "/server/jsonrpc", false, Map.of(), body));
    }

    private static JsonObject respond(MoonrakerSimulator simulator, SimulatedRequest request) {
        RawResponse response =
                RawResponse.parse(simulator.respond(request).bytes().getBytes());
        assertThat(response.status()).isEqualTo(200);
        return response.json();
    }
}
