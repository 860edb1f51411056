package io.github.printer2mqtt.driver.duet;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.simulator.server.SimulatedRequest;
import io.github.printer2mqtt.simulator.server.SimulatedResponse;
import io.github.printer2mqtt.simulator.server.WebSocketSimulator;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A DuetSoftwareFramework that sends what a test says, without waiting for acknowledgements; idle at first. */
final class ScriptedSbc implements ProtocolSimulator {
    static final String IDLE = "{\"state\":{\"status\":\"idle\",\"upTime\":7},\"job\":{\"lastFileCancelled\":true},"
            + "\"heat\":{\"heaters\":[{\"current\":21.5,\"state\":\"off\"}]},\"tools\":[{\"heaters\":[0]}]}";

    private final SimulatedPrinter printer = new SimulatedPrinter("Scripted", System::nanoTime);
    private final Queue<String> pushes = new ConcurrentLinkedQueue<>();

    /** Method and target of each request, with the session key in its header, and the texts of the web socket. */
    final List<String> received = new CopyOnWriteArrayList<>();

    volatile String whole = IDLE;
    volatile int loginStatus = 200;
    volatile boolean answersPings = true;

    /** Sends a message within a quarter of a second. */
    void push(String message) {
        pushes.add(message);
    }

    @Override
    public SimulatedPrinter printer() {
        return printer;
    }

    @Override
    public String driver() {
        return "duet";
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        String key = request.header("x-session-key");
        received.add(request.method() + " " + request.target() + (key == null ? "" : " " + key));
        return switch (request.path()) {
            case "/rr_connect" -> response(200, "{\"err\":0,\"apiLevel\":1,\"isEmulated\":true}");
            case "/machine/connect" -> response(loginStatus, "{\"sessionKey\":\"abc\"}");
            case "/machine/status" -> response(200, whole);
            case "/machine/code" -> response(200, "");
            default -> response(404, "");
        };
    }

    private static SimulatedResponse response(int status, String body) {
        return new SimulatedResponse(
                status, "Any", List.of("Content-Type: application/json"), Buffer.buffer(body), false);
    }

    @Override
    public WebSocketSimulator webSocket(SimulatedRequest request) {
        received.add("open " + request.target());
        return new Client();
    }

    private final class Client implements WebSocketSimulator {
        @Override
        public List<String> onOpen() {
            return List.of(whole);
        }

        @Override
        public List<String> onMessage(String text) {
            received.add(text.strip());
            return text.equals("PING\n") && answersPings ? List.of("PONG\n") : List.of();
        }

        @Override
        public List<String> onTick() {
            List<String> messages = new ArrayList<>();
            for (String next = pushes.poll(); next != null; next = pushes.poll()) {
                messages.add(next);
            }
            return messages;
        }
    }
}
