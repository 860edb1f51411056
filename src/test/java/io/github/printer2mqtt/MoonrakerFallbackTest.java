package io.github.printer2mqtt;

import io.github.printer2mqtt.WebSocketFaults.Fault;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MoonrakerFallbackTest extends FallbackContract {
    @Override
    ProtocolSimulator simulator() {
        return new MoonrakerSimulator(SimulatedPrinters.machine("Voron"));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("is refused", WebSocketFaults.refused(), "the web socket is refused (HTTP 404)"),
                Arguments.of("is silent", WebSocketFaults.mute(), "the web socket does not work: no complete answer"),
                Arguments.of("sends no JSON", WebSocketFaults.sending("hello"), "the web socket does not"),
                Arguments.of(
                        "sends an oversized message",
                        WebSocketFaults.sending("\"" + "x".repeat(1024 * 1024) + "\""),
                        "the web socket does not"),
                Arguments.of(
                        "sends an oversized change",
                        WebSocketFaults.sending(
                                "{\"method\":\"notify_status_update\",\"params\":[{\"print_stats\":{\"message\":\""
                                        + "x".repeat(20_000) + "\"}},1.0]}"),
                        "the web socket does not"),
                Arguments.of("nests deeply", WebSocketFaults.sending("[".repeat(5000)), "the web socket does not"));
    }

    @ParameterizedTest(name = "web socket that {0}")
    @MethodSource("faults")
    void printerIsPolledInstead(String name, Fault fault, String reason) {
        assertPolled(fault, reason);
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
