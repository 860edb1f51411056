package io.github.printer2mqtt;

import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MoonrakerFallbackTest extends FallbackContract {
    @Override
    ProtocolSimulator simulator() {
        return new MoonrakerSimulator(SimulatedPrinters.machine("Voron"));
    }

    @Override
    List<Case> cases() {
        return List.of(
                new Case("is refused", WebSocketFaults.refused(), "the web socket is refused (HTTP 404)"),
                new Case("is silent", WebSocketFaults.mute(), "the web socket does not work: no complete answer"),
                new Case("sends no JSON", WebSocketFaults.sending("hello"), "the web socket does not"),
                new Case(
                        "sends an oversized message",
                        WebSocketFaults.sending("\"" + "x".repeat(1024 * 1024) + "\""),
                        "the web socket does not"),
                new Case(
                        "sends an oversized change",
                        WebSocketFaults.sending(
                                "{\"method\":\"notify_status_update\",\"params\":[{\"print_stats\":{\"message\":\""
                                        + "x".repeat(20_000) + "\"}},1.0]}"),
                        "the web socket does not"),
                new Case("nests deeply", WebSocketFaults.sending("[".repeat(5000)), "the web socket does not"));
    }

    @Test
    void floodOfChangesCostsFewReadings() {
        assertFloodCostsFewReadings(
                IntStream.range(0, 25)
                        .mapToObj(
                                i -> "{\"method\":\"notify_status_update\",\"params\":[{\"extruder\":{\"temperature\":"
                                        + (100 + i) + "}},1.0]}")
                        .toList(),
                "124.0");
    }
}
