package io.github.printer2mqtt.examples;

import io.github.printer2mqtt.Bridge;
import io.github.printer2mqtt.config.BridgeConfig;
import io.github.printer2mqtt.config.ConfigReader;
import io.github.printer2mqtt.simulator.protocol.MoonrakerSimulator;
import io.github.printer2mqtt.simulator.protocol.OctoPrintSimulator;
import io.github.printer2mqtt.simulator.protocol.PrusaLinkSimulator;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.testing.Await;
import io.github.printer2mqtt.testing.Mosquitto;
import io.github.printer2mqtt.testing.Ports;
import io.github.printer2mqtt.testing.SimulatedPrinters;
import io.github.printer2mqtt.testing.TestSubscriber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Three simulated printers of different makes, Mosquitto, and a bridge that may be restarted. */
final class ExampleFleet implements AutoCloseable {
    static final String MK4 = "mk4-left";
    static final String VORON = "voron";
    static final String ENDER = "ender";

    /** The default poll interval of a printing printer. */
    static final Duration PRINTING = Duration.ofSeconds(2);

    private static final int SOME_POLLS = 4;

    private final SimulatedPrinters printers = new SimulatedPrinters();
    private final Mosquitto broker;
    private final Path folder;
    private final PrinterServer mk4;
    private final PrinterServer voron;
    private final PrinterServer ender;
    private @Nullable Bridge bridge;

    private ExampleFleet(Mosquitto broker, Path folder) {
        this.broker = broker;
        this.folder = folder;
        this.mk4 = printers.start(new PrusaLinkSimulator(SimulatedPrinters.machine("MK4"), SimulatedPrinters.KEY));
        this.voron = printers.start(new MoonrakerSimulator(SimulatedPrinters.machine("Voron")));
        this.ender = printers.start(new OctoPrintSimulator(SimulatedPrinters.machine("Ender"), SimulatedPrinters.KEY));
    }

    /** Starts printers and broker, but not the bridge, whose database will be in the folder. */
    static ExampleFleet open(Path folder) {
        return new ExampleFleet(Mosquitto.open(Ports.free()), folder);
    }

    /**
     * Starts the bridge, and registers the printers the first time.
     *
     * @param verbs commands permitted over MQTT
     */
    void startBridge(String... verbs) {
        Bridge started = Bridge.start(configuration(List.of(verbs)));
        bridge = started;
        if (started.registrations().all().isEmpty()) {
            register(started, MK4, "MK4 <left>", mk4);
            register(started, VORON, "Voron 2.4", voron);
            register(started, ENDER, "Ender 3", ender);
        }
    }

    private static void register(Bridge bridge, String id, String name, PrinterServer server) {
        Await.done(bridge.registrations()
                .add(SimulatedPrinters.registration(id, server).put("name", name)));
    }

    private BridgeConfig configuration(List<String> verbs) {
        JsonObject interval = new JsonObject().put("printing", PRINTING.toSeconds() + "s");
        for (String others : List.of("preparing", "paused", "idle", "offline")) {
            interval.put(others, "500ms");
        }
        JsonObject configuration = new JsonObject()
                .put("http", new JsonObject().put("port", 0))
                .put("mqtt", new JsonObject().put("url", broker.url()))
                .put("commands", new JsonObject().put("mqtt", new JsonArray(verbs)))
                .put("polling", new JsonObject().put("interval", interval.put("offline_max", "1s")))
                .put(
                        "database",
                        new JsonObject()
                                .put("path", folder.resolve("printer2mqtt.db").toString()))
                .put("security", new JsonObject().put("allow_loopback_printers", true));
        return new ConfigReader(Map.of(), ConfigReader.SecretFiles.ofSystem())
                .read("config.json", configuration.encode());
    }

    void stopBridge() {
        bridge().close();
        bridge = null;
    }

    Bridge bridge() {
        return Objects.requireNonNull(bridge, "the bridge does not run");
    }

    Mosquitto broker() {
        return broker;
    }

    PrinterServer mk4() {
        return mk4;
    }

    PrinterServer voron() {
        return voron;
    }

    PrinterServer ender() {
        return ender;
    }

    /** A subscriber to all topics. */
    TestSubscriber listen() {
        return TestSubscriber.listen(broker.port(), "printer2mqtt/#");
    }

    /** Waits for a few more polls, in which a duplicate would have been published; the Voron pushes meanwhile. */
    void awaitPolls() {
        long before = mk4.requests();
        Await.until("a few more polls", () -> mk4.requests() >= before + SOME_POLLS);
    }

    @Override
    public void close() {
        Bridge running = bridge;
        if (running != null) {
            running.close();
        }
        printers.close();
        broker.close();
    }
}
