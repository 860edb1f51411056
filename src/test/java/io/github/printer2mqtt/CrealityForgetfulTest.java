package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.simulator.creality.CrealitySimulator;
import io.github.printer2mqtt.simulator.creality.CrealitySimulator.Model;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.Behaviour;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An Ender-3 V4, which is idle as soon as a print has ended, and does not say how. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // before each test
class CrealityForgetfulTest {
    private static final String ID = "ender";

    @TempDir
    Path folder;

    @RegisterExtension
    private final SimulatedPrinters printers = new SimulatedPrinters();

    private final AtomicLong nanos = new AtomicLong();
    private final SimulatedPrinter printer = new SimulatedPrinter("Ender", nanos::get);
    private final PrinterServer server = printers.start(new CrealitySimulator(printer, Model.F009));
    private RunningBridge bridge;
    private TestSubscriber user;

    @BeforeEach
    void startBridge() {
        bridge = RunningBridge.start(RunningBridge.patientConfiguration(folder));
        user = bridge.listen();
        bridge.api().register(SimulatedPrinters.registration(ID, server));
        bridge.api().awaitState(ID, "idle");
        printer.startUnderWay("clip.gcode", Duration.ofHours(1), Duration.ofMinutes(30));
        bridge.api().awaitState(ID, "printing");
    }

    @AfterEach
    void stopBridge() {
        user.close();
        bridge.close();
    }

    @Test
    void completeProgressFinishesThePrint() {
        pass(Duration.ofHours(1));
        JsonObject idle = bridge.api().awaitState(ID, "idle");

        assertThat(HttpApi.lastJob(idle)).isEqualTo("clip.gcode finished");
        assertThat(idle.getValue("job")).isNull();
        assertThat(events()).containsExactly("print_started", "print_finished");
    }

    @Test
    void endBeforeThatIsUnknownAndNoEvent() {
        printer.cancel();
        JsonObject idle = bridge.api().awaitState(ID, "idle");

        assertThat(HttpApi.lastJob(idle)).isEqualTo("clip.gcode unknown");
        assertThat(events()).containsExactly("print_started");
    }

    @Test
    void endThatWasNotSeenIsUnknown() {
        Await.done(server.behave(Behaviour.refusing()));
        bridge.api().awaitOffline(ID, "refused");
        pass(Duration.ofHours(1));
        Await.done(server.behave(Behaviour.healthy()));
        JsonObject idle = bridge.api().awaitState(ID, "idle");

        assertThat(HttpApi.lastJob(idle)).isEqualTo("clip.gcode unknown");
        assertThat(events()).containsExactly("print_started", "printer_offline", "printer_online");
    }

    private List<String> events() {
        Await.until("the start", () -> !bridge.printerEvents(user, ID).isEmpty());
        user.catchUp();
        return bridge.printerEvents(user, ID);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
