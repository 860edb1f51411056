package io.github.printer2mqtt.simulator;

import io.github.printer2mqtt.simulator.model.SimulatedPrinter;
import io.github.printer2mqtt.simulator.server.PrinterServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Printers that report by themselves, in turn Bambu Lab with TLS and Moonraker, each amid a print of hours. */
public final class PushedFarm {
    private static final Duration PRINT = Duration.ofHours(12);

    private PushedFarm() {}

    /** Starts that many printers at free ports of 127.0.0.1, and returns what to register. */
    public static Future<List<JsonObject>> start(Vertx vertx, int size) {
        List<Future<JsonObject>> starting = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            starting.add(start(vertx, i % 2 == 0 ? DemoProtocol.BAMBU : DemoProtocol.MOONRAKER, i));
        }
        return Future.all(starting)
                .map(all -> starting.stream().map(Future::result).toList());
    }

    private static Future<JsonObject> start(Vertx vertx, DemoProtocol protocol, int number) {
        String id = protocol.driver() + '-' + number;
        SimulatedPrinter printer = new SimulatedPrinter(id, System::nanoTime);
        printer.startUnderWay("part.gcode", PRINT, Duration.ofMinutes(number % 60));
        return vertx.executeBlocking(() -> protocol.simulator(printer), false)
                .compose(simulator -> PrinterServer.start(vertx, simulator))
                .map(server -> MixedFarm.registration(id, protocol, server));
    }
}
