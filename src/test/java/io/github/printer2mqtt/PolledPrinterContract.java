package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.server.ProtocolSimulator;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
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

/**
 * A whole bridge and a simulated printer of a polled protocol, with the time of the printer in the hands of the test: every
 * state, and exactly the right events.
 */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // before all tests and each test
abstract class PolledPrinterContract {
    private static final AtomicInteger COUNT = new AtomicInteger();
    static RunningBridge bridge;
    private static TestSubscriber user;

    @RegisterExtension
    final SimulatedPrinters printers = new SimulatedPrinters();

    private final AtomicLong nanos = new AtomicLong();
    final SimulatedPrinter printer = new SimulatedPrinter("Bench", nanos::get);
    /** Of the printer; each test has its own. */
    final String id = "bench-" + COUNT.incrementAndGet();

    PrinterServer server;

    /** The server of the printer, which accepts {@link SimulatedPrinters#KEY} or no key at all. */
    abstract ProtocolSimulator simulator(SimulatedPrinter machine);

    /** The state while the printer shows a print that has finished. */
    abstract String stateOfFinished();

    /** The state while the printer shows a print that was cancelled. */
    abstract String stateOfCancelled();

    /** The state while a print waits for its temperatures. */
    String stateOfHeating() {
        return "preparing";
    }

    @BeforeAll
    static void startBridge(@TempDir Path folder) {
        bridge = RunningBridge.start(RunningBridge.patientConfiguration(folder));
        user = bridge.listen();
    }

    @AfterAll
    static void stopBridge() {
        user.close();
        bridge.close();
    }

    @BeforeEach
    void registerPrinter() {
        server = printers.start(simulator(printer));
        bridge.api().register(registration());
        bridge.api().awaitState(id, "idle");
    }

    JsonObject registration() {
        return SimulatedPrinters.registration(id, server);
    }

    @AfterEach
    void removePrinter() {
        bridge.api().delete("/api/printers/" + id);
    }

    @Test
    void printIsFollowedFromStartToEndAlthoughTheConnectionIsCutAtEachStep() {
        startPrinting();
        JsonObject printing = bridge.api().awaitProgress(id, 1);
        assertThat(printing.getJsonObject("job").getString("file")).contains("clip");
        assertThat(printing.getJsonObject("temperatures").getJsonObject("bed").getDouble("target"))
                .isEqualTo(60.0);
        cutConnection("printing");
        HttpApi.json(bridge.api().command(id, "pause"), 202);
        cutConnection("paused");
        HttpApi.json(bridge.api().command(id, "resume"), 202);
        bridge.api().awaitState(id, "printing");
        finish();
        cutConnection(stateOfFinished());

        assertThat(lastJob()).endsWith("finished");
        assertThat(events(4)).containsExactly("print_started", "print_paused", "print_resumed", "print_finished");
    }

    @Test
    void cancelledPrintIsNoFinishedOne() {
        startPrinting();
        printer.pause();
        bridge.api().awaitState(id, "paused");
        HttpApi.json(bridge.api().command(id, "cancel"), 202);
        bridge.api().await(id, "cancelled", status -> HttpApi.lastJob(status).endsWith("cancelled"));
        bridge.api().awaitState(id, stateOfCancelled());

        assertThat(events(3)).containsExactly("print_started", "print_paused", "print_cancelled");
    }

    @Test
    void errorFailsThePrintAndNamesTheReason() {
        startPrinting();
        printer.fail("Heater 1 fault: temperature excursion too large");
        JsonObject failed = bridge.api().awaitState(id, "error");
        bridge.api().await(id, "failed", status -> HttpApi.lastJob(status).endsWith("failed"));
        printer.clear();
        bridge.api().awaitState(id, "idle");

        checkFailure(failed);
        assertThat(events(2)).containsExactly("print_started", "print_failed");
    }

    /** Where the protocol carries the text. */
    void checkFailure(JsonObject failed) {
        assertThat(failed.getString("message")).contains("temperature excursion");
    }

    @Test
    void printerThatNeedsSomebodyEndsNoPrint() {
        startPrinting();
        printer.attention();
        bridge.api().awaitState(id, "attention");
        printer.clear();
        bridge.api().awaitState(id, "printing");

        assertThat(events(3).subList(0, 3)).containsExactly("print_started", "attention", "attention_cleared");
    }

    @Test
    void printerThatIsOffIsOfflineAndEndsNoPrintUnseen() {
        startPrinting();
        Await.done(server.behave(Behaviour.refusing()));
        bridge.api().awaitOffline(id, "refused");
        pass(Duration.ofMinutes(10));
        Await.done(server.behave(Behaviour.healthy()));
        bridge.api().awaitState(id, "printing");
        Await.done(server.behave(Behaviour.silent()));
        bridge.api().awaitOffline(id, "timeout");
        pass(Duration.ofHours(2));
        Await.done(server.behave(Behaviour.healthy()));
        bridge.api().awaitState(id, stateOfFinished());

        assertThat(events(5))
                .containsExactly(
                        "print_started", "printer_offline", "printer_online", "printer_offline", "printer_online");
    }

    /** Prints to near its end, then to its end. About 100 s were printed before. */
    void finish() {
        pass(Duration.ofSeconds(3495));
        bridge.api().awaitProgress(id, 99.5);
        pass(Duration.ofMinutes(10));
        bridge.api().await(id, "finished", status -> HttpApi.lastJob(status).endsWith("finished"));
    }

    String lastJob() {
        return HttpApi.lastJob(bridge.api().status(id));
    }

    void cutConnection(String state) {
        bridge.api().awaitState(id, state);
        Await.done(server.behave(Behaviour.refusing()));
        Await.done(server.behave(Behaviour.healthy()));
        long before = server.requests();
        Await.until("it is polled again", () -> server.requests() > before + 2);
        bridge.api()
                .await(
                        id,
                        state + " again",
                        status -> status.getString("state").equals(state)
                                && status.getJsonObject("poll").getInteger("failures") == 0);
    }

    /** Waits for events; those of the plate follow from them. */
    List<String> events(int count) {
        bridge.awaitPrinterEvents(user, id, count);
        user.catchUp();
        return bridge.printerEvents(user, id);
    }

    void changeKey(String key) {
        JsonObject change = new JsonObject().put("credentials", new JsonObject().put("api_key", key));
        HttpApi.json(bridge.api().patch("/api/printers/" + id, change), 200);
    }

    /** Heats up from the ambient temperature first. */
    void startPrinting() {
        pass(Duration.ofHours(1));
        printer.start("clip.gcode", Duration.ofHours(1));
        bridge.api().awaitState(id, stateOfHeating());
        pass(Duration.ofMinutes(2));
        bridge.api().awaitState(id, "printing");
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
