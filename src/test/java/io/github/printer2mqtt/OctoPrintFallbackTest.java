package io.github.printer2mqtt;

import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OctoPrintFallbackTest extends FallbackContract {
    @Override
    ProtocolSimulator simulator() {
        return new OctoPrintSimulator(SimulatedPrinters.machine("Ender"), SimulatedPrinters.KEY);
    }

    @Override
    List<Case> cases() {
        return List.of(
                new Case("is refused", WebSocketFaults.refused(), "the web socket is refused (HTTP 403)"),
                new Case("is silent", WebSocketFaults.mute(), "the web socket does not work: no complete answer"),
                new Case("sends no JSON", WebSocketFaults.sending("hello"), "the web socket does not"),
                new Case(
                        "sends an oversized message",
                        WebSocketFaults.sending("\"" + "x".repeat(1024 * 1024) + "\""),
                        "the web socket does not"),
                new Case(
                        "sends an oversized status",
                        WebSocketFaults.sending("{\"current\":{\"logs\":[\"" + "x".repeat(300_000) + "\"]}}"),
                        "the web socket does not"),
                new Case(
                        "sends a status without a state",
                        WebSocketFaults.sending("{\"current\":{\"temps\":[]}}"),
                        "the web socket does not"),
                new Case(
                        "ends each login",
                        WebSocketFaults.sending("{\"reauthRequired\":{\"reason\":\"stale\"}}"),
                        "the web socket"));
    }

    @Test
    void floodOfStatusesCostsFewReadings() {
        assertFloodCostsFewReadings(
                IntStream.range(0, 25)
                        .mapToObj(i ->
                                "{\"current\":{\"state\":{\"text\":\"Operational\",\"flags\":{\"operational\":true,"
                                        + "\"ready\":true}},\"job\":{},\"progress\":{},\"temps\":[{\"tool0\":"
                                        + "{\"actual\":" + (100 + i) + ",\"target\":0}}]}}")
                        .toList(),
                "124.0");
    }

    @Test
    void floodOfEventsCostsFewReadings() {
        assertFloodCostsFewReadings(
                IntStream.range(0, 25)
                        .mapToObj(i ->
                                "{\"event\":{\"type\":\"PrinterStateChanged\",\"payload\":{\"state_string\":\"State "
                                        + i + "\"}}}")
                        .toList(),
                "22.0");
    }
}
