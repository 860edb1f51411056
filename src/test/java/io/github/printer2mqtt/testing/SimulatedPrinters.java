package io.github.printer2mqtt.testing;

import io.github.printer2mqtt.simulator.FarmRecipe;
import io.github.printer2mqtt.simulator.SimulatedFarm;
import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.github.printer2mqtt.simulator.server.PrinterSimulator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Simulated printers on 127.0.0.1. */
public final class SimulatedPrinters implements TestResource {
    /** The API key in {@link #registration}. */
    public static final String KEY = "key-0000000000";

    private final Vertx vertx = Vertx.vertx();
    private final List<Supplier<Future<Void>>> closes = new CopyOnWriteArrayList<>();

    /** The machine of a printer, in real time. */
    public static SimulatedPrinter machine(String name) {
        return new SimulatedPrinter(name, System::nanoTime);
    }

    /** Starts a printer at a free port. */
    public PrinterServer start(PrinterSimulator simulator) {
        return closeAtEnd(Await.done(PrinterServer.start(vertx, simulator)));
    }

    /** Starts a printer that pushes five times as often as a real one. */
    public PrinterServer startQuick(PrinterSimulator simulator) {
        return closeAtEnd(Await.done(PrinterServer.start(vertx, simulator, Duration.ofMillis(50))));
    }

    private PrinterServer closeAtEnd(PrinterServer server) {
        closes.add(server::close);
        return server;
    }

    /** Starts a farm. */
    public SimulatedFarm start(FarmRecipe recipe) {
        SimulatedFarm farm = Await.done(SimulatedFarm.start(vertx, recipe));
        closes.add(farm::close);
        return farm;
    }

    /** The registration of a printer under the name of its machine, with {@link #KEY}. */
    public static JsonObject registration(String id, PrinterServer server) {
        return new JsonObject()
                .put("id", id)
                .put("name", server.printer().name())
                .put("driver", server.simulator().driver())
                .put("address", server.url())
                .put("credentials", new JsonObject().put("api_key", KEY));
    }

    @Override
    public void close() {
        closes.forEach(close -> Await.done(close.get()));
        Await.done(vertx.close());
    }
}
