package io.github.printer2mqtt;

import io.github.printer2mqtt.WebSocketFaults.Fault;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OctoPrintFallbackTest extends FallbackContract {
    @Override
    ProtocolSimulator simulator() {
        return new OctoPrintSimulator(SimulatedPrinters.machine("Ender"), SimulatedPrinters.KEY);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("is refused", WebSocketFaults.refused(), "the web socket is refused (HTTP 403)"),
                Arguments.of("is silent", WebSocketFaults.mute(), "the web socket does not work: no complete answer"),
                Arguments.of("sends no JSON", WebSocketFaults.sending("hello"), "the web socket does not"),
                Arguments.of(
                        "sends an oversized message",
                        WebSocketFaults.sending("\"" + "x".repeat(1024 * 1024) + "\""),
                        "the web socket does not"),
                Arguments.of(
                        "sends an oversized status",
                        WebSocketFaults.sending("{\"current\":{\"logs\":[\"" + "x".repeat(300_000) + "\"]}}"),
                        "the web socket does not"),
                Arguments.of(
                        "sends a status without a state",
                        WebSocketFaults.sending("{\"current\":{\"temps\":[]}}"),
                        "the web socket does not"),
                Arguments.of(
                        "ends each login",
                        WebSocketFaults.sending("{\"reauthRequired\":{\"reason\":\"stale\"}}"),
                        "the web socket"));
    }

    @ParameterizedTest(name = "web socket that {0}")
    @MethodSource("faults")
    void printerIsPolledInstead(String name, Fault fault, String reason) {
        assertPolled(fault, reason);
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
