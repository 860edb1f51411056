package io.github.printer2mqtt;

import io.github.printer2mqtt.simulator.duet.DuetSbcSimulator;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DuetFallbackTest extends FallbackContract {
    @Override
    ProtocolSimulator simulator() {
        return new DuetSbcSimulator(SimulatedPrinters.machine("Delta"), SimulatedPrinters.KEY);
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
                        "sends an oversized model",
                        WebSocketFaults.sending("{\"heat\":{\"text\":\"" + "x".repeat(300_000) + "\"}}"),
                        "the web socket does not"));
    }

    @Test
    void floodOfChangesCostsFewReadings() {
        assertFloodCostsFewReadings(
                IntStream.range(0, 25)
                        .mapToObj(i -> "{\"heat\":{\"heaters\":[{},{\"current\":" + (100 + i) + "}]}}")
                        .toList(),
                "124.0");
    }
}
