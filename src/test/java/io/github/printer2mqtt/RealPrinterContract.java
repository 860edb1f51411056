package io.github.printer2mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.HttpApi;
import io.github.printer2mqtt.testing.RealPrinter;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole bridge and the real server of a printer, which all tests of a class share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // by JUnit and before all tests
@Timeout(150)
abstract class RealPrinterContract<P extends RealPrinter> {
    final String id;
    private final String name;
    private final String driver;
    private final ServerStates states;
    P printer;

    @TempDir
    Path folder;

    /**
     * What the server calls the states of a print.
     *
     * @param afterCancel the bridge's state of a printer whose print was cancelled
     */
    record ServerStates(Set<String> paused, Set<String> resumed, Set<String> cancelled, String afterCancel) {}

    RealPrinterContract(String id, String name, String driver, ServerStates states) {
        this.id = id;
        this.name = name;
        this.driver = driver;
        this.states = states;
    }

    /** Starts the server in an empty directory, with an idle printer. */
    abstract P start(Path base);

    /** Waits until the bridge shows a printer without a running print. */
    void awaitRest(HttpApi api) {
        api.awaitState(id, "idle");
    }

    @BeforeAll
    void startPrinter(@TempDir Path base) {
        printer = start(base);
    }

    @AfterAll
    void stopPrinter() {
        if (printer != null) { // null if the program is not installed
            printer.close();
        }
    }

    @Test
    void commandsPauseResumeAndCancelPrint() {
        try (RunningBridge bridge = startBridge();
                TestSubscriber user = bridge.listen()) {
            register(bridge);
            HttpApi.json(bridge.api().command(id, "pause"), 409);
            printer.print("spool.gcode", 90);
            bridge.api().awaitState(id, "printing");

            HttpApi.json(bridge.api().command(id, "pause"), 202);
            bridge.api().awaitState(id, "paused");
            assertThat(printer.state()).isIn(states.paused());
            HttpApi.json(bridge.api().command(id, "resume"), 202);
            bridge.api().awaitState(id, "printing");
            assertThat(printer.state()).isIn(states.resumed());
            HttpApi.json(bridge.api().command(id, "cancel"), 202);
            bridge.api()
                    .await(
                            id,
                            "spool.gcode is cancelled",
                            status -> HttpApi.lastJob(status).equals("spool.gcode cancelled"));
            bridge.api().awaitState(id, states.afterCancel());
            Await.until(
                    "the server has finished the cancel",
                    () -> states.cancelled().contains(printer.state()));
            assertThat(bridge.awaitPrinterEvents(user, id, 4))
                    .containsExactly("print_started", "print_paused", "print_resumed", "print_cancelled");
        }
    }

    /** Starts a bridge with a poll timeout that a real server meets. */
    RunningBridge startBridge() {
        return RunningBridge.start(RunningBridge.patientConfiguration(folder));
    }

    /** Registers the printer and waits until it is at rest. */
    void register(RunningBridge bridge) {
        bridge.api().register(registration(driver, key(printer.apiKey())));
        awaitRest(bridge.api());
    }

    /** Registers the printer without naming a driver, waits until it is at rest, and checks that the driver was detected. */
    void registerWithDetection(RunningBridge bridge) {
        JsonObject registered = bridge.api().register(registration("auto", key(printer.apiKey())));
        assertThat(registered.getString("driver")).isEqualTo(driver);
        awaitRest(bridge.api());
    }

    /** Registers the printer with a key that it refuses, and returns its status. */
    JsonObject registerWithWrongKey(RunningBridge bridge, String wrong) {
        bridge.api().register(registration(driver, key(wrong)));
        return bridge.api().awaitOffline(id, "auth");
    }

    private JsonObject registration(String requestedDriver, JsonObject credentials) {
        return new JsonObject()
                .put("id", id)
                .put("name", name)
                .put("driver", requestedDriver)
                .put("address", "127.0.0.1:" + printer.port())
                .put("credentials", credentials);
    }

    void changeCredentials(RunningBridge bridge, JsonObject credentials) {
        HttpApi.json(bridge.api().patch("/api/printers/" + id, new JsonObject().put("credentials", credentials)), 200);
    }

    static JsonObject key(String key) {
        return new JsonObject().put("api_key", key);
    }
}
