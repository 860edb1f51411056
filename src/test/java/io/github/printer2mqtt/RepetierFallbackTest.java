package io.github.printer2mqtt;

import io.github.printer2mqtt.simulator.repetier.RepetierSimulator;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepetierFallbackTest extends FallbackContract {
    @Override
    ProtocolSimulator simulator() {
        return new RepetierSimulator(List.of(SimulatedPrinters.machine("Delta")), SimulatedPrinters.KEY);
    }

    @Override
    List<Case> cases() {
        return List.of(
                new Case("is refused", WebSocketFaults.refused(), "the web socket is refused (HTTP "),
                new Case("is silent", WebSocketFaults.mute(), "the web socket does not work: no complete answer"),
                new Case("sends no JSON", WebSocketFaults.sending("hello"), "the web socket does not"),
                new Case(
                        "requires a login",
                        WebSocketFaults.sending("{\"callback_id\":-1,\"data\":[{\"event\":\"loginRequired\"}]}"),
                        "the web socket"),
                new Case(
                        "requires a login between two requests",
                        WebSocketFaults.sendingWhenQuiet(
                                "{\"callback_id\":-1,\"data\":[{\"event\":\"loginRequired\"}]}"),
                        "the web socket does not stay open"),
                new Case(
                        "sends an oversized message",
                        WebSocketFaults.sending("\"" + "x".repeat(1024 * 1024) + "\""),
                        "the web socket does not"),
                new Case(
                        "sends oversized events",
                        WebSocketFaults.sending("{\"data\":[\"" + "x".repeat(300_000) + "\"]}"),
                        "the web socket does not"));
    }

    @Test
    void floodOfTemperaturesCostsFewReadings() {
        assertFloodCostsFewReadings(
                IntStream.range(0, 25)
                        .mapToObj(i -> "{\"callback_id\":-1,\"eventList\":true,\"data\":[{\"event\":\"temp\","
                                + "\"printer\":\"Delta\",\"data\":{\"id\":0,\"T\":" + (100 + i) + ",\"S\":0}}]}")
                        .toList(),
                "124.0");
    }
}
