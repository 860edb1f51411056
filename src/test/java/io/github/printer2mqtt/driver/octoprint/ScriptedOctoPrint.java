package io.github.printer2mqtt.driver.octoprint;

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
import org.jspecify.annotations.Nullable;

/** An OctoPrint that answers and sends what a test says; idle at first. */
final class ScriptedOctoPrint implements ProtocolSimulator {
    static final String IDLE = "{\"state\":{\"text\":\"Operational\",\"flags\":{\"operational\":true,\"ready\":true},"
            + "\"error\":\"\"},\"job\":{},\"progress\":{},\"temps\":[" + point(21.3) + "]}";
    static final String OFFLINE = "{\"state\":{\"text\":\"Offline\",\"flags\":{\"closedOrError\":true},\"error\":\"\"},"
            + "\"job\":{},\"progress\":{},\"temps\":[]}";
    static final String HEATERS = "\"tool0\":{\"actual\":21.3,\"target\":0.0}";

    private final SimulatedPrinter printer = new SimulatedPrinter("Scripted", System::nanoTime);
    private final Queue<String> pushes = new ConcurrentLinkedQueue<>();

    /** What was requested by HTTP, and the names of what was sent over the web socket. */
    final List<String> received = new CopyOnWriteArrayList<>();

    volatile int loginStatus = 200;
    volatile String login = "{\"name\":\"bridge\",\"session\":\"5e551011\"}";
    volatile String job = "{\"state\":\"Operational\",\"job\":{},\"progress\":{}}";
    volatile String heaters = HEATERS + ",\"bed\":{\"actual\":20.1,\"target\":0.0}";
    volatile String history = IDLE;
    volatile @Nullable String answerToLogin;

    static String point(double nozzle) {
        return "{\"time\":1,\"tool0\":{\"actual\":" + nozzle
                + ",\"target\":0.0},\"bed\":{\"actual\":20.1,\"target\":0.0},"
                + "\"chamber\":{\"actual\":null,\"target\":null}}";
    }

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
        return "octoprint";
    }

    @Override
    public SimulatedResponse respond(SimulatedRequest request) {
        received.add(request.path());
        return switch (request.path()) {
            case "/api/job" -> json(200, job);
            case "/api/printer" ->
                json(
                        200,
                        "{\"state\":{\"text\":\"Operational\",\"flags\":{\"operational\":true,\"ready\":true}},"
                                + "\"temperature\":{" + heaters + "}}");
            case "/api/login" -> json(loginStatus, login);
            default -> json(404, "{}");
        };
    }

    private static SimulatedResponse json(int status, String body) {
        return new SimulatedResponse(
                status, "Any", List.of("Content-Type: application/json"), Buffer.buffer(body), false);
    }

    @Override
    public WebSocketSimulator webSocket(SimulatedRequest request) {
        return new Client();
    }

    private final class Client implements WebSocketSimulator {
        private boolean isLoggedIn;
        private boolean isSubscribed;

        @Override
        public List<String> onOpen() {
            return List.of("{\"connected\":{\"version\":\"1.11.8\"}}");
        }

        @Override
        public List<String> onMessage(String text) {
            if (text.contains("\"auth\"")) {
                received.add(text);
                isLoggedIn = true;
                String other = answerToLogin;
                return other == null ? history() : List.of(other);
            }
            if (text.contains("\"subscribe\"")) {
                isSubscribed = text.contains("\"state\":{");
                received.add(isSubscribed ? "subscribe" : "unsubscribe");
                return history();
            }
            received.add(text);
            return List.of();
        }

        private List<String> history() {
            return isLoggedIn && isSubscribed ? List.of("{\"history\":" + history + "}") : List.of();
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
