package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.server.PrinterSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.LoopGuard;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole bridge and a simulated printer that pushes, with the time of the printer in the hands of the test. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // before all tests and each test
abstract class PushContract {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static JsonObject configuration;
    static RunningBridge bridge;

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final AtomicLong nanos = new AtomicLong();
    final int connectionsPerConnect;
    final SimulatedPrinter printer = new SimulatedPrinter("Pushing", nanos::get);
    /** Of the printer; each test has its own. */
    final String id = "pushing-" + COUNT.incrementAndGet();

    PrinterServer server;
    private TestSubscriber user;

    /** @param connectionsPerConnect how many connections it takes until the printer pushes; one of them stays */
    PushContract(int connectionsPerConnect) {
        this.connectionsPerConnect = connectionsPerConnect;
    }

    /** @param key the right one */
    abstract PrinterSimulator simulate(SimulatedPrinter printer, String key);

    /** The state while a print waits for its temperatures. */
    String stateOfHeating() {
        return "preparing";
    }

    /** The state while the printer shows a print that has finished. */
    String stateOfFinished() {
        return "finished";
    }

    /** What is known of a print that finished while the printer was off. */
    String resultOfUnseenEnd() {
        return "finished";
    }

    @BeforeAll
    static void startBridge(@TempDir Path folder) {
        configuration = RunningBridge.patientConfiguration(folder);
        bridge = RunningBridge.start(configuration);
    }

    @AfterAll
    static void stopBridge() {
        bridge.close();
    }

    @BeforeEach
    void registerPrinter() {
        user = bridge.listen();
        server = printers.startQuick(simulate(printer, SimulatedPrinters.KEY));
        bridge.api().register(registration());
        bridge.api().awaitState(id, "idle");
    }

    JsonObject registration() {
        return SimulatedPrinters.registration(id, server);
    }

    @AfterEach
    void removePrinters() {
        user.close();
        HttpApi.printers(bridge.api().list())
                .forEach(each -> bridge.api().delete("/api/printers/" + each.getString("id")));
        LoopGuard.check();
    }

    @Test
    void printIsFollowedOverOneConnection() {
        assertThat(mode()).isEqualTo("push null");

        startPrinting();
        printer.pause();
        bridge.api().awaitState(id, "paused");
        printer.resume();
        JsonObject printing = bridge.api().awaitState(id, "printing");
        assertThat(printing.getJsonObject("job").getString("file")).isEqualTo("clip.gcode");
        assertThat(printing.getJsonObject("job").getLong("remaining")).isBetween(3000L, 3600L);
        assertThat(printing.getJsonObject("temperatures")
                        .getJsonObject("nozzle")
                        .getDouble("target"))
                .isEqualTo(215);
        pass(Duration.ofHours(2));
        JsonObject finished = bridge.api().awaitState(id, stateOfFinished());

        assertThat(HttpApi.lastJob(finished)).isEqualTo("clip.gcode finished");
        assertThat(events(4)).containsExactly("print_started", "print_paused", "print_resumed", "print_finished");
        assertThat(server.connections()).isEqualTo(connectionsPerConnect);
        Await.until("one connection is left", () -> server.openConnections() == 1);
        assertThat(mode()).isEqualTo("push null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"preparing", "printing", "paused", "finished"})
    void cutConnectionCausesNoEvent(String step) {
        printer.start("clip.gcode", Duration.ofHours(1));
        cutAt(stateOfHeating(), step.equals("preparing") ? stateOfHeating() : "");
        pass(Duration.ofMinutes(1));
        cutAt("printing", step);
        printer.pause();
        cutAt("paused", step);
        printer.resume();
        bridge.api().awaitState(id, "printing");
        pass(Duration.ofHours(2));
        cutAt(stateOfFinished(), step.equals("finished") ? stateOfFinished() : step);

        assertThat(events(4)).containsExactly("print_started", "print_paused", "print_resumed", "print_finished");
        assertThat(server.connections()).isEqualTo(2L * connectionsPerConnect);
    }

    private void cutAt(String state, String step) {
        bridge.api().awaitState(id, state);
        if (state.equals(step)) {
            // The port stays open, because two refused connections are offline.
            server.closeConnections();
            String lastSeen = observedAt(bridge.api().status(id));
            Await.until(
                    "the printer is connected again",
                    () -> server.connections() == 2L * connectionsPerConnect && server.openConnections() == 1);
            // What happens before the first reading of the new session would be unseen.
            bridge.api()
                    .await(
                            id,
                            state + " again",
                            status -> state.equals(status.getString("state")) && !lastSeen.equals(observedAt(status)));
            Await.until("it pushes again", () -> mode().equals("push null"));
        }
    }

    private static String observedAt(JsonObject status) {
        return status.getJsonObject("poll").getString("observed_at");
    }

    @Test
    void printThatEndsWhileThePrinterIsOffIsNoEvent() {
        startPrinting();
        Await.done(server.behave(Behaviour.refusing()));
        bridge.api().awaitOffline(id, "refused");
        pass(Duration.ofHours(2));
        Await.done(server.behave(Behaviour.healthy()));
        JsonObject finished = bridge.api().awaitState(id, stateOfFinished());

        assertThat(HttpApi.lastJob(finished)).isEqualTo("clip.gcode " + resultOfUnseenEnd());
        assertThat(events(3)).containsExactly("print_started", "printer_offline", "printer_online");
    }

    @Test
    void silentPrinterIsOfflineUntilItAnswers() {
        Await.done(server.behave(Behaviour.silent()));
        bridge.api().awaitOffline(id, "timeout");
        Await.done(server.behave(Behaviour.healthy()));

        bridge.api().awaitState(id, "idle");
        Await.until("one connection is left", () -> server.openConnections() == 1);
    }

    @Test
    void removedPrinterIsDisconnected() {
        assertThat(bridge.api().delete("/api/printers/" + id).statusCode()).isEqualTo(204);

        Await.until("the connection is closed", () -> server.openConnections() == 0);
    }

    /** Waits for events; those of the plate follow from them. */
    List<String> events(int count) {
        return eventsOf(id, count);
    }

    List<String> eventsOf(String id, int count) {
        Await.until(count + " events", () -> bridge.printerEvents(user, id).size() >= count);
        user.catchUp();
        return bridge.printerEvents(user, id);
    }

    /** Heats up from the ambient temperature first. */
    void startPrinting() {
        pass(Duration.ofHours(1));
        printer.start("clip.gcode", Duration.ofHours(1));
        bridge.api().awaitState(id, stateOfHeating());
        pass(Duration.ofMinutes(1));
        bridge.api().awaitState(id, "printing");
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Stops the bridge, does something meanwhile, and starts it again. */
    static void restartBridge(Runnable meanwhile) {
        bridge.close();
        meanwhile.run();
        bridge = RunningBridge.start(configuration);
    }

    /** The mode and the reason of a fallback. */
    String mode() {
        return mode(id);
    }

    String mode(String id) {
        JsonObject polls = HttpApi.json(bridge.api().get("/api/printers/" + id + "/polls"), 200);
        return polls.getString("mode") + " " + polls.getString("fallback");
    }
}
