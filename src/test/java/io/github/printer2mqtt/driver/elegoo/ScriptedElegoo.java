package io.github.printer2mqtt.driver.elegoo;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A printer whose messages a test writes; records what it receives. Thread-safe. */
final class ScriptedElegoo implements ProtocolSimulator {
    private final SimulatedPrinter printer = new SimulatedPrinter("Scripted", System::nanoTime);
    private final List<JsonObject> received = new CopyOnWriteArrayList<>();
    private final Queue<String> pushed = new ConcurrentLinkedQueue<>();
    private final Function<JsonObject, List<String>> answers;
    private final int refusal;

    /** @param answers to the {@code Data} of a request */
    ScriptedElegoo(Function<JsonObject, List<String>> answers) {
        this(answers, 0);
    }

    private ScriptedElegoo(Function<JsonObject, List<String>> answers, int refusal) {
        this.answers = answers;
        this.refusal = refusal;
    }

    /** One that refuses the web socket with a status. */
    static ScriptedElegoo refusing(int status) {
        return new ScriptedElegoo(request -> List.of(), status);
    }

    static String status(String print) {
        return "{\"Status\":{\"CurrentStatus\":[1],\"TempOfNozzle\":20,\"PrintInfo\":" + print
                + "},\"MainboardID\":\"0a1b\",\"Topic\":\"sdcp/status/0a1b\"}";
    }

    static String acknowledgement(JsonObject request, int code) {
        return "{\"Data\":{\"Cmd\":" + request.getInteger("Cmd") + ",\"Data\":{\"Ack\":" + code + "},\"RequestID\":\""
                + request.getString("RequestID") + "\"}}";
    }

    /** Sends a message by itself. */
    void push(String message) {
        pushed.add(message);
    }

    /** The received messages. */
    List<JsonObject> received() {
        return List.copyOf(received);
    }

    /** The numbers of the received commands. */
    List<Integer> commands() {
        return received.stream()
                .map(message -> message.getJsonObject("Data").getInteger("Cmd"))
                .toList();
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "elegoo";
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        return new SimulatedResponse(refusal, "Refused", List.of(), Buffer.buffer("too many client"), true);
    }

    @Override
    public @Nullable WebSocketSimulator webSocket(SimulatedRequest request) {
        return refusal != 0 ? null : new Client();
    }

    private final class Client implements WebSocketSimulator {
        @Override
        public List<String> onMessage(String text) {
            JsonObject message = new JsonObject(text);
            received.add(message);
            return answers.apply(message.getJsonObject("Data"));
        }

        @Override
        public List<String> onTick() {
            String next = pushed.poll();
            return next == null ? List.of() : List.of(next);
        }
    }
}
