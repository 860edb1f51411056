package io.github.printer2mqtt;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Simulators whose web socket does not work or misbehaves, while their HTTP API works. */
final class WebSocketFaults {
    /** What becomes of the web socket that the simulator would have; null for none. */
    interface Fault extends UnaryOperator<@Nullable WebSocketSimulator> {}

    private WebSocketFaults() {}

    static ProtocolSimulator with(Fault fault, ProtocolSimulator real) {
        return new OtherSocket(real, fault);
    }

    /** There is none. */
    static Fault refused() {
        return real -> null;
    }

    /** Accepts and sends nothing. */
    static Fault mute() {
        return real -> new Mute();
    }

    /** Answers like the real one, and sends more with each tick. */
    static Fault sending(List<String> more) {
        return real -> new Talkative(Objects.requireNonNull(real), more);
    }

    static Fault sending(String more) {
        return sending(List.of(more));
    }

    /** The same, but only when the client has not sent anything for a while, so that no answer is awaited. */
    static Fault sendingWhenQuiet(String more) {
        return real -> new Quiet(Objects.requireNonNull(real), more);
    }

    private record OtherSocket(ProtocolSimulator real, Fault fault) implements ProtocolSimulator {
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
            return fault.apply(real.webSocket(request));
        }
    }

    private record Talkative(WebSocketSimulator real, List<String> more) implements WebSocketSimulator {
        @Override
        public List<String> onOpen() {
            return real.onOpen();
        }

        @Override
        public List<String> onMessage(String text) {
            return real.onMessage(text);
        }

        @Override
        public List<String> onTick() {
            return Stream.concat(real.onTick().stream(), more.stream()).toList();
        }
    }

    private static final class Quiet implements WebSocketSimulator {
        private static final int QUIET_TICKS = 5;

        private final WebSocketSimulator real;
        private final String more;
        private int ticks;

        Quiet(WebSocketSimulator real, String more) {
            this.real = real;
            this.more = more;
        }

        @Override
        public List<String> onOpen() {
            return real.onOpen();
        }

        @Override
        public List<String> onMessage(String text) {
            ticks = 0;
            return real.onMessage(text);
        }

        @Override
        public List<String> onTick() {
            ticks++;
            return ticks < QUIET_TICKS ? real.onTick() : List.of(more);
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
}
