package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Moonraker servers whose web socket does not work or misbehaves. */
@Timeout(90)
class MoonrakerFallbackTest {
    private static final String ID = "voron";

    @TempDir
    Path folder;

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    /** The real simulator with another web socket. */
    private record OtherSocket(MoonrakerSimulator real, UnaryOperator<@Nullable WebSocketSimulator> sockets)
            implements ProtocolSimulator {
        @Override
        public SimulatedPrinter printer() {
            return real.printer();
        }

        @Override
        public String driver() {
            return real.driver();
        }

        @Override
        public SimulatedResponse respond(SimulatedRequest request) {
            return real.respond(request);
        }

        @Override
        public @Nullable WebSocketSimulator webSocket(SimulatedRequest request) {
            return sockets.apply(real.webSocket(request));
        }
    }

    /** Answers like the real one, and sends more with each tick. */
    private record Talkative(WebSocketSimulator real, List<String> more) implements WebSocketSimulator {
        @Override
        public List<String> onMessage(String text) {
            return real.onMessage(text);
        }

        @Override
        public List<String> onTick() {
            return Stream.concat(real.onTick().stream(), more.stream()).toList();
        }
    }

    private static final class Mute implements WebSocketSimulator {
        @Override
        public List<String> onMessage(String text) {
            return List.of();
        }

        @Override
        public List<String> onTick() {
            return List.of();
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("is refused", fault(real -> null), "the web socket is refused (HTTP 404)"),
                Arguments.of(
                        "is silent", fault(real -> new Mute()), "the web socket does not work: no complete answer"),
                Arguments.of("sends no JSON", fault(real -> talkative(real, "hello")), "the web socket does not"),
                Arguments.of(
                        "sends an oversized message",
                        fault(real -> talkative(real, "\"" + "x".repeat(1024 * 1024) + "\"")),
                        "the web socket does not"),
                Arguments.of(
                        "sends an oversized change",
                        fault(real -> talkative(
                                real,
                                "{\"method\":\"notify_status_update\",\"params\":[{\"print_stats\":{\"message\":\""
                                        + "x".repeat(20_000) + "\"}},1.0]}")),
                        "the web socket does not"),
                Arguments.of(
                        "nests deeply", fault(real -> talkative(real, "[".repeat(5000))), "the web socket does not"));
    }

    @ParameterizedTest(name = "web socket that {0}")
    @MethodSource("faults")
    void printerIsPolledInstead(String name, UnaryOperator<@Nullable WebSocketSimulator> sockets, String fallback) {
        PrinterServer server = start(sockets);
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
            bridge.api().register(SimulatedPrinters.registration(ID, server));

            Await.until(
                    "the printer is polled",
                    Duration.ofSeconds(40),
                    () -> polls(bridge).getString("fallback") != null);
            JsonObject polls = polls(bridge);

            assertThat(polls.getString("mode")).isEqualTo("poll");
            assertThat(polls.getString("fallback")).startsWith(fallback);
            bridge.api().awaitState(ID, "idle");
            server.printer().start("clip.gcode", Duration.ofHours(1));
            bridge.api().awaitState(ID, "preparing");
        }
    }

    @Test
    void floodOfChangesCostsFewReadings() {
        List<String> flood = IntStream.range(0, 25)
                .mapToObj(i -> "{\"method\":\"notify_status_update\",\"params\":[{\"extruder\":{\"temperature\":"
                        + (100 + i) + "}},1.0]}")
                .toList();
        PrinterServer server = start(real -> new Talkative(Objects.requireNonNull(real), flood));
        try (RunningBridge bridge = RunningBridge.start(RunningBridge.configuration(folder))) {
            bridge.api().register(SimulatedPrinters.registration(ID, server));
            bridge.api()
                    .await(
                            ID,
                            "the newest value",
                            status -> status.getJsonObject("temperatures")
                                    .encode()
                                    .contains("124.0"));

            long before = bridge.api().list().getLong("version");
            long begin = System.nanoTime();
            while (Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 4) {
                LockSupport.parkNanos(50_000_000);
            }
            long readings = bridge.api().list().getLong("version") - before;

            assertThat(readings).as("of 400 messages").isBetween(4L, 36L);
            assertThat(polls(bridge).getString("mode")).isEqualTo("push");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    private PrinterServer start(UnaryOperator<@Nullable WebSocketSimulator> sockets) {
        return printers.start(new OtherSocket(new MoonrakerSimulator(SimulatedPrinters.machine("Voron")), sockets));
    }

    private static JsonObject polls(RunningBridge bridge) {
        return HttpApi.json(bridge.api().get("/api/printers/" + ID + "/polls"), 200);
    }

    private static UnaryOperator<@Nullable WebSocketSimulator> fault(
            UnaryOperator<@Nullable WebSocketSimulator> sockets) {
        return sockets;
    }

    private static WebSocketSimulator talkative(@Nullable WebSocketSimulator real, String more) {
        return new Talkative(Objects.requireNonNull(real), List.of(more));
    }
}
