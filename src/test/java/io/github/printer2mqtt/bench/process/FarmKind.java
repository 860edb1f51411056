package io.github.printer2mqtt.bench.process;

import io.github.printer2mqtt.simulator.DemoFarm;
import io.github.printer2mqtt.simulator.FarmRecipe;
import io.github.printer2mqtt.simulator.PushedFarm;
import io.github.printer2mqtt.simulator.SimulatedFarm;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The simulated farms to measure. */
public enum FarmKind {
    /** The demo: nine answer in 50 to 150 ms, one takes 2 s, one 3 s, one is switched off. */
    WORKSHOP_12("12 printers: 9 healthy, 2 slow (2 s, 3 s), 1 switched off"),
    FARM_62("62 printers: 52 healthy, 5 slow (2 s), 3 silent, 2 switched off"),
    HEALTHY_62("62 printers, all healthy"),
    SWITCHED_OFF_1000("1,000 printers, all switched off"),
    PUSHED_1000("1,000 printing printers that report by themselves: half Bambu Lab with TLS, half Moonraker"),
    PUSHED_100("100 printing printers that report by themselves: half Bambu Lab with TLS, half Moonraker");

    private static final long SEED = 62;

    private final String text;

    FarmKind(String text) {
        this.text = text;
    }

    /** The description for headings. */
    public String text() {
        return text;
    }

    /** Starts the farm and returns its registrations. */
    Future<List<JsonObject>> start(Vertx vertx) {
        return switch (this) {
            case WORKSHOP_12 -> DemoFarm.start(vertx).map(DemoFarm::registrations);
            case FARM_62 -> simulated(vertx, FarmRecipe.f62(SEED));
            case HEALTHY_62 -> simulated(vertx, FarmRecipe.healthy(62, SEED));
            case PUSHED_1000 -> PushedFarm.start(vertx, 1_000);
            case PUSHED_100 -> PushedFarm.start(vertx, 100);
            case SWITCHED_OFF_1000 -> simulated(vertx, new FarmRecipe(0, 0, 1_000, 0, SEED));
        };
    }

    private static Future<List<JsonObject>> simulated(Vertx vertx, FarmRecipe recipe) {
        return SimulatedFarm.start(vertx, recipe).map(SimulatedFarm::registrations);
    }
}
