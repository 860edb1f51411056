package io.github.printer2mqtt.simulator.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.ManualClock;
import io.github.printer2mqtt.simulator.Shapes;
import io.github.printer2mqtt.simulator.model.PrinterView.State;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulated push socket, compared with a recording of the real one. */
class OctoPrintWebSocketTest {
    private static final Path RECORDING =
            Path.of("src/test/resources/driver/octoprint/websocket/virtual-1.11.8-print-pause-finish.jsonl");
    private static final String LOGIN = "bridge:5e551011";
    private static final String SUBSCRIBE =
            "{\"subscribe\":{\"state\":{\"logs\":false},\"events\":[\"PrinterStateChanged\"]}}";
    private static final String UNSUBSCRIBE = "{\"subscribe\":{\"state\":false}}";

    private final ManualClock clock = new ManualClock();
    private final SimulatedPrinter printer = PrinterInState.of(State.PRINTING, clock);
    private final List<String> logins = new ArrayList<>(List.of(LOGIN));
    private final OctoPrintWebSocket socket = new OctoPrintWebSocket(printer::view, logins::contains);

    @Test
    void messagesHaveTheShapesOfTheRealServer() throws IOException {
        logIn();
        List<JsonObject> pushed = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            socket.onTick().forEach(text -> pushed.add(new JsonObject(text)));
        }
        JsonObject current = pushed.stream()
                .filter(message ->
                        !message.getJsonObject("current").getJsonArray("temps").isEmpty())
                .findFirst()
                .orElseThrow();

        assertThat(Shapes.differences(recorded("\"text\":\"Printing\""), current))
                .isEmpty();
        assertThat(Shapes.differences(
                        recorded("{\"connected\""),
                        new JsonObject(socket.onOpen().get(0))))
                .isEmpty();
    }

    @Test
    void isSilentWithoutALogin() {
        assertThat(socket.onMessage(SUBSCRIBE)).isEmpty();
        assertThat(socket.onTick()).isEmpty();
        assertThat(socket.onMessage("{\"auth\":\"bridge:wrong\"}"))
                .containsExactly("{\"reauthRequired\":{\"reason\":\"stale\"}}");
        assertThat(socket.onMessage("no JSON")).isEmpty();
    }

    @Test
    void subscriptionBeginsWithTheHistory() {
        assertThat(names(logIn())).containsExactly("history", "timelapse");
        assertThat(names(socket.onMessage(SUBSCRIBE))).isEmpty();
        assertThat(names(socket.onMessage(UNSUBSCRIBE))).isEmpty();
        assertThat(names(socket.onMessage(SUBSCRIBE))).containsExactly("history");
    }

    @Test
    void sendsAsOftenAsTheThrottleAllowsAndStatesAtOnce() {
        logIn();
        socket.onMessage("{\"throttle\":4}");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            names.addAll(names(socket.onTick()));
        }
        assertThat(names).containsExactly("current");

        printer.pause();
        assertThat(names(socket.onTick())).containsExactly("event");
    }

    @Test
    void endedLoginIsReported() {
        logIn();
        logins.clear();

        assertThat(names(socket.onTick())).containsExactly("reauthRequired");
        assertThat(socket.onTick()).isEmpty();
    }

    private List<String> logIn() {
        socket.onMessage(SUBSCRIBE);
        return socket.onMessage("{\"auth\":\"" + LOGIN + "\"}");
    }

    private static List<String> names(List<String> messages) {
        return messages.stream()
                .flatMap(text -> new JsonObject(text).fieldNames().stream())
                .toList();
    }

    /** The first message that contains a text. */
    private static JsonObject recorded(String text) throws IOException {
        return Files.readAllLines(RECORDING).stream()
                .filter(line -> line.contains(text) && !line.startsWith("{\"event\""))
                .map(JsonObject::new)
                .findFirst()
                .orElseThrow();
    }
}
